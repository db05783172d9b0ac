#include "indexer/extract/markdown.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <md4c-html.h>
#include <md4c.h>

#include "indexer/extract/found_fields.h"
#include "indexer/extract/markup_text.h"
#include "indexer/extract/package_answer.h"
#include "indexer/extract/text_charset.h"

namespace carrel::indexer {
namespace {

using schema::FieldId;

struct FrontMatterKey {
  std::string_view name;
  FieldId field;
};

constexpr std::array kFrontMatterKeys{FrontMatterKey{"title", FieldId::title},
                                      FrontMatterKey{"date", FieldId::date},
                                      FrontMatterKey{"lang", FieldId::language},
                                      FrontMatterKey{"language", FieldId::language},
                                      FrontMatterKey{"author", FieldId::author},
                                      FrontMatterKey{"authors", FieldId::author},
                                      FrontMatterKey{"description", FieldId::description},
                                      FrontMatterKey{"summary", FieldId::description},
                                      FrontMatterKey{"tags", FieldId::topic},
                                      FrontMatterKey{"keywords", FieldId::topic},
                                      FrontMatterKey{"categories", FieldId::topic},
                                      FrontMatterKey{"publisher", FieldId::publisher}};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

std::string_view unquoted(std::string_view text) {
  text = trimmed(text);
  if (text.size() > 1 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
    text = text.substr(1, text.size() - 2);
  return text;
}

void add(FieldId field, std::string_view value, FoundFields& found) {
  constexpr std::string_view kSource = "front matter";
  switch (field) {
    case FieldId::title:
      found.add_title(value, kSource);
      break;
    case FieldId::date:
      found.add_date(value, kSource);
      break;
    case FieldId::language:
      found.add_language(value, kSource);
      break;
    default:
      found.add(field, value, kSource);
  }
}

/// A scalar, or a list in brackets.
void add_value(FieldId field, std::string_view value, FoundFields& found) {
  value = trimmed(value);
  if (!value.starts_with('[')) {
    add(field, unquoted(value), found);
    return;
  }
  value.remove_prefix(1);
  if (value.ends_with(']')) value.remove_suffix(1);
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(','), value.size());
    add(field, unquoted(value.substr(0, end)), found);
    value.remove_prefix(std::min(end + 1, value.size()));
  }
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// The flat part of YAML and TOML that front matter uses: "key: value", "key = value", lists. Returns the
/// text behind it.
std::string_view read_front_matter(std::string_view text, FoundFields& found) {
  std::string_view rest = text;
  const std::string_view fence = trimmed(take_line(rest));
  if (fence != "---" && fence != "+++") return text;
  const char separator = fence == "---" ? ':' : '=';
  const FrontMatterKey* key = nullptr;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    if (trimmed(line) == fence || trimmed(line) == "...") return rest;
    if (trimmed(line).starts_with("- ")) {
      if (key != nullptr) add(key->field, unquoted(trimmed(line).substr(2)), found);
      continue;
    }
    const std::size_t at = line.find(separator);
    key = nullptr;
    if (at == std::string_view::npos || line.starts_with(' ')) continue;
    const std::string_view name = trimmed(line.substr(0, at));
    const auto known = std::ranges::find(kFrontMatterKeys, name, &FrontMatterKey::name);
    if (known == kFrontMatterKeys.end()) continue;
    key = &*known;
    add_value(key->field, line.substr(at + 1), found);
  }
  return text;  // never closed: a rule, not front matter
}

std::string to_html(std::string_view text) {
  std::string html;
  const auto append = [](const MD_CHAR* piece, MD_SIZE size, void* out) {
    static_cast<std::string*>(out)->append(piece, size);
  };
  md_html(text.data(), static_cast<MD_SIZE>(text.size()), append, &html,
          MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS, 0);
  return html;
}

}  // namespace

Answer read_markdown(std::string_view bytes) {
  const std::string text = decode_text(bytes);
  FoundFields found;
  const std::string_view body = read_front_matter(text, found);
  Extraction extraction;
  extraction.format = "md";
  extraction.pages = split_whole_page(to_html(body));
  for (const Page& page : extraction.pages) {
    if (!found.has(FieldId::title)) found.add_title(page.heading, "first heading");
  }
  return finish_document(std::move(extraction), std::move(found), {});
}

}  // namespace carrel::indexer
