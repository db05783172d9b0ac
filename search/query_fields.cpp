#include "search/query_fields.h"

#include <algorithm>

#include "search/schema/nearest_name.h"
#include "search/schema/text.h"

namespace carrel::search {
namespace {

using schema::FieldId;

struct Name {
  std::string_view name;  // folded
  AskedField asked;
};

/// Names besides those of the table of fields.
constexpr Name kNames[] = {
    {"after", {FieldId::date, "", ".."}},
    {"ano", {FieldId::year}},
    {"audiencia", {FieldId::audience}},
    {"autor", {FieldId::author}},
    {"autora", {FieldId::author}},
    {"before", {FieldId::date, "..", ""}},
    {"by", {FieldId::author}},
    {"doi", {FieldId::identifier}},
    {"editor", {FieldId::publisher}},
    {"editorial", {FieldId::publisher}},
    {"fecha", {FieldId::date}},
    {"formato", {FieldId::format}},
    {"has", {FieldId::accessible}},
    {"idioma", {FieldId::language}},
    {"isbn", {FieldId::identifier}},
    {"jurisdiccion", {FieldId::jurisdiction}},
    {"numero", {FieldId::identifier}},
    {"paginas", {FieldId::pages}},
    {"publico", {FieldId::audience}},
    {"serie", {FieldId::series}},
    {"sitio", {FieldId::url}},
    {"state", {FieldId::jurisdiction}},
    {"tema", {FieldId::topic}},
    {"tipo", {FieldId::type}},
    {"titulo", {FieldId::title}},
};

struct Value {
  FieldId field;
  std::string_view typed;  // folded
  std::string_view value;
};

constexpr Value kValues[] = {
    {FieldId::accessible, "ocr", "scanned"},
    {FieldId::accessible, "tags", "accessible"},
    {FieldId::accessible, "text", "accessible"},
    {FieldId::accessible, "text", "untagged"},
    {FieldId::accessible, "tagged", "accessible"},
    {FieldId::format, "htm", "html"},
    {FieldId::format, "web", "html"},
    {FieldId::format, "vtt", "transcript"},
    {FieldId::format, "srt", "transcript"},
    {FieldId::format, "video", "transcript"},
};

bool can_be_asked(FieldId field) {
  constexpr std::uint16_t kAskable = schema::kFilter | schema::kWords | schema::kRange;
  return (schema::field(field).roles & kAskable) != 0;
}

}  // namespace

std::optional<AskedField> asked_field(std::string_view name) {
  const std::string folded = schema::folded_form(name);
  if (const auto field = schema::find_field(folded); field && can_be_asked(*field)) return AskedField{*field};
  const auto* found = std::ranges::find(kNames, folded, &Name::name);
  if (found == std::end(kNames)) return std::nullopt;
  return found->asked;
}

std::optional<std::string_view> nearest_field_name(std::string_view name) {
  static const auto names = [] {
    std::vector<std::string_view> all;
    for (const schema::Field& row : schema::kFields) {
      if (!can_be_asked(row.id)) continue;
      all.push_back(row.name);
      if (!row.alias.empty()) all.push_back(row.alias);
    }
    for (const Name& one : kNames) all.push_back(one.name);
    return all;
  }();
  return schema::nearest_name(schema::folded_form(name), names);
}

std::vector<std::string> known_values(FieldId field, std::string_view value) {
  const std::string folded = schema::folded_form(value);
  std::vector<std::string> values;
  for (const Value& one : kValues) {
    if (one.field == field && one.typed == folded) values.emplace_back(one.value);
  }
  if (values.empty()) values.emplace_back(value);
  return values;
}

}  // namespace carrel::search
