#include "indexer/extract/json_ld.h"

#include <array>
#include <string>
#include <utility>

#include <boost/json.hpp>

namespace carrel::indexer {
namespace {

namespace json = boost::json;
using schema::FieldId;

constexpr int kDeepest = 12;

struct KnownType {
  std::string_view name;   // schema.org
  std::string_view value;  // our type; empty: says nothing about it
};

constexpr std::array kTypes{KnownType{"Report", "report"},
                            KnownType{"VideoObject", "video"},
                            KnownType{"Course", "training"},
                            KnownType{"HowTo", "guide"},
                            KnownType{"Book", "book"},
                            KnownType{"Article", "article"},
                            KnownType{"NewsArticle", "article"},
                            KnownType{"BlogPosting", "article"},
                            KnownType{"ScholarlyArticle", "article"},
                            KnownType{"TechArticle", "article"},
                            KnownType{"MedicalWebPage", ""},
                            KnownType{"WebPage", ""},
                            KnownType{"FAQPage", ""},
                            KnownType{"CreativeWork", ""},
                            KnownType{"DigitalDocument", ""}};

std::string_view view(const json::string& text) {
  return {text.data(), text.size()};
}

/// Calls `use` with each string in a value: itself, those of an array, or the name of an object.
template <typename Use>
void for_each_text(const json::value* value, Use use, int depth = 0) {
  if (value == nullptr || depth > kDeepest) return;
  if (const auto* text = value->if_string()) {
    use(view(*text));
  } else if (const auto* array = value->if_array()) {
    for (const json::value& item : *array) for_each_text(&item, use, depth + 1);
  } else if (const auto* object = value->if_object()) {
    const json::value* name = object->if_contains("name");
    if (name == nullptr) name = object->if_contains("@value");
    for_each_text(name, use, depth + 1);
  }
}

const KnownType* type_of(const json::object& object) {
  const KnownType* found = nullptr;
  for_each_text(object.if_contains("@type"), [&](std::string_view name) {
    for (const KnownType& type : kTypes) {
      if (found == nullptr && type.name == name) found = &type;
    }
  });
  return found;
}

void add_fields(const json::object& object, const KnownType& type, FoundFields& found) {
  constexpr std::string_view kSource = "JSON-LD";
  if (!type.value.empty()) found.add(FieldId::type, type.value, kSource);
  const auto each = [&](std::string_view key, auto use) { for_each_text(object.if_contains(key), use); };
  each("headline", [&](std::string_view text) { found.add_title(text, kSource); });
  // The name of a page is often its <title> with the site's name; that of a work is its title.
  if (type.name != "WebPage") each("name", [&](std::string_view text) { found.add_title(text, kSource); });
  each("description", [&](std::string_view text) { found.add(FieldId::description, text, kSource); });
  each("author", [&](std::string_view text) { found.add_list(FieldId::author, text, kSource, false); });
  each("publisher", [&](std::string_view text) { found.add(FieldId::publisher, text, kSource); });
  each("keywords", [&](std::string_view text) { found.add_list(FieldId::topic, text, kSource, true); });
  each("inLanguage", [&](std::string_view text) { found.add_language(text, kSource); });
  for (const std::string_view key : {"datePublished", "uploadDate", "dateCreated"}) {
    each(key, [&](std::string_view text) { found.add_date(text, kSource); });
  }
}

void visit(const json::value& value, FoundFields& found, int depth) {
  if (depth > kDeepest) return;
  if (const auto* array = value.if_array()) {
    for (const json::value& item : *array) visit(item, found, depth + 1);
  } else if (const auto* object = value.if_object()) {
    if (const KnownType* type = type_of(*object)) add_fields(*object, *type, found);
    for (const std::string_view key : {"@graph", "mainEntity", "mainEntityOfPage"}) {
      if (const json::value* inner = object->if_contains(key)) visit(*inner, found, depth + 1);
    }
  }
}

}  // namespace

void read_json_ld(std::string_view json_text, FoundFields& found) {
  // Some pages wrap it in a comment or CDATA.
  const std::size_t begin = json_text.find_first_of("{[");
  const std::size_t end = json_text.find_last_of("}]");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return;
  json::parse_options options;
  options.allow_comments = true;
  options.allow_trailing_commas = true;
  options.allow_invalid_utf8 = true;
  json::error_code error;
  const json::value value =
      json::parse(json::string_view(json_text.data() + begin, end - begin + 1), error, {}, options);
  if (!error) visit(value, found, 0);
}

}  // namespace carrel::indexer
