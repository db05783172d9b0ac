#include "indexer/extract/html_fields.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "indexer/extract/cleaning.h"
#include "indexer/extract/json_ld.h"

namespace carrel::indexer {
namespace {

using schema::FieldId;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

struct MetaRule {
  std::string_view name;  // of the meta's name, property or itemprop, lower case
  FieldId field;
};

// In order of precedence.
constexpr std::array kMetaRules{MetaRule{"dc.title", FieldId::title},
                                MetaRule{"dcterms.title", FieldId::title},
                                MetaRule{"citation_title", FieldId::title},
                                MetaRule{"og:title", FieldId::title},
                                MetaRule{"twitter:title", FieldId::title},
                                MetaRule{"dc.description", FieldId::description},
                                MetaRule{"dcterms.description", FieldId::description},
                                MetaRule{"dcterms.abstract", FieldId::description},
                                MetaRule{"description", FieldId::description},
                                MetaRule{"og:description", FieldId::description},
                                MetaRule{"dc.creator", FieldId::author},
                                MetaRule{"dcterms.creator", FieldId::author},
                                MetaRule{"citation_author", FieldId::author},
                                MetaRule{"author", FieldId::author},
                                MetaRule{"dc.publisher", FieldId::publisher},
                                MetaRule{"dcterms.publisher", FieldId::publisher},
                                MetaRule{"og:site_name", FieldId::publisher},
                                MetaRule{"dc.subject", FieldId::topic},
                                MetaRule{"dcterms.subject", FieldId::topic},
                                MetaRule{"article:tag", FieldId::topic},
                                MetaRule{"keywords", FieldId::topic},
                                MetaRule{"dc.date", FieldId::date},
                                MetaRule{"dc.date.issued", FieldId::date},
                                MetaRule{"dcterms.issued", FieldId::date},
                                MetaRule{"dcterms.date", FieldId::date},
                                MetaRule{"citation_publication_date", FieldId::date},
                                MetaRule{"article:published_time", FieldId::date},
                                MetaRule{"datepublished", FieldId::date},
                                MetaRule{"dcterms.created", FieldId::date},
                                MetaRule{"date", FieldId::date},
                                MetaRule{"pubdate", FieldId::date},
                                MetaRule{"dc.language", FieldId::language},
                                MetaRule{"dcterms.language", FieldId::language},
                                MetaRule{"og:locale", FieldId::language},
                                MetaRule{"dc.identifier", FieldId::identifier},
                                MetaRule{"citation_doi", FieldId::identifier}};

struct Meta {
  std::string name;
  std::string_view content;
};

bool is_web_address(std::string_view address) {
  const std::string folded = lower(address.substr(0, 8));
  return (folded.starts_with("http://") || folded.starts_with("https://")) && address.size() < 2048 &&
         address.find_first_of(" \t\r\n<>\"") == std::string_view::npos;
}

std::vector<Meta> metas_of(const MarkupTree& tree) {
  std::vector<Meta> metas;
  for (MarkupTree::Index i = 0; i < tree.size(); ++i) {
    if (tree.name(i) != "meta") continue;
    const auto content = tree.attribute(i, "content");
    if (!content || content->empty()) continue;
    for (const MarkupName& key :
         {MarkupName("name"), MarkupName("property"), MarkupName("itemprop"), MarkupName("http-equiv")}) {
      if (const auto name = tree.attribute(i, key)) metas.push_back({lower(*name), *content});
    }
  }
  return metas;
}

void add_meta(const MetaRule& rule, const Meta& meta, FoundFields& found) {
  const std::string source = "meta " + meta.name;
  switch (rule.field) {
    case FieldId::title:
      found.add_title(meta.content, source);
      break;
    case FieldId::date:
      found.add_date(meta.content, source);
      break;
    case FieldId::language:
      found.add_language(meta.content, source);
      break;
    // Open Graph's author is often a profile's address.
    case FieldId::author:
      if (!is_web_address(meta.content)) found.add_list(rule.field, meta.content, source, false);
      break;
    case FieldId::topic:
      found.add_list(rule.field, meta.content, source, true);
      break;
    default:
      found.add(rule.field, meta.content, source);
  }
}

void add_canonical(const MarkupTree& tree, const std::vector<Meta>& metas, FoundFields& found) {
  for (MarkupTree::Index i = 0; i < tree.size(); ++i) {
    if (tree.name(i) != "link") continue;
    const auto rel = tree.attribute(i, "rel");
    const auto href = tree.attribute(i, "href");
    if (rel && href && lower(*rel) == "canonical" && is_web_address(*href)) {
      found.add(FieldId::url, *href, "link rel=canonical");
    }
  }
  for (const Meta& meta : metas) {
    if (meta.name == "og:url" && is_web_address(meta.content))
      found.add(FieldId::url, meta.content, "meta og:url");
  }
}

void add_json_ld(const MarkupTree& tree, FoundFields& found) {
  for (MarkupTree::Index i = 0; i < tree.size(); ++i) {
    if (tree.name(i) != "script") continue;
    const auto type = tree.attribute(i, "type");
    if (type && lower(*type).starts_with("application/ld+json")) read_json_ld(tree.text_below(i), found);
  }
}

void add_markup(const MarkupTree& tree, const std::vector<bool>& content, FoundFields& found) {
  std::optional<MarkupTree::Index> heading;
  std::optional<MarkupTree::Index> title;
  for (MarkupTree::Index i = 0; i < tree.size(); ++i) {
    const MarkupName& name = tree.name(i);
    if (name == "html" || name == "body") {
      for (const MarkupName& key : {MarkupName("lang"), MarkupName("xml:lang")}) {
        if (const auto language = tree.attribute(i, key)) found.add_language(*language, "lang attribute");
      }
    } else if (name == "h1" && !heading && content[i] && !clean_line(tree.text_below(i)).empty()) {
      heading = i;
    } else if (name == "title" && !title) {
      title = i;
    } else if (name == "time" &&
               (tree.has_attribute(i, "pubdate") || tree.attribute(i, "itemprop") == "datePublished")) {
      found.add_date(tree.attribute(i, "datetime").value_or(""), "<time>");
    }
  }
  if (heading) found.add_title(tree.text_below(*heading), "<h1>");
  if (title) found.add_title(tree.text_below(*title), "<title>");
}

}  // namespace

void read_html_fields(const MarkupTree& tree, const std::vector<bool>& content, FoundFields& found) {
  const std::vector<Meta> metas = metas_of(tree);
  add_canonical(tree, metas, found);
  add_json_ld(tree, found);
  for (const MetaRule& rule : kMetaRules) {
    // The page's own lang attribute is more often right than og:locale.
    if (rule.name == "og:locale") add_markup(tree, content, found);
    for (const Meta& meta : metas) {
      if (meta.name == rule.name) add_meta(rule, meta, found);
    }
  }
  for (const Meta& meta : metas) {
    if (meta.name == "content-language") found.add_language(meta.content, "meta content-language");
  }
}

bool asks_not_to_be_indexed(const MarkupTree& tree) {
  for (const Meta& meta : metas_of(tree)) {
    if (meta.name != "robots") continue;
    std::string packed(1, ',');
    for (const char c : lower(meta.content)) {
      if (c != ' ') packed.push_back(c);
    }
    packed.push_back(',');
    if (packed.find(",noindex,") != std::string::npos || packed.find(",none,") != std::string::npos)
      return true;
  }
  return false;
}

}  // namespace carrel::indexer
