#include "indexer/extract/found_fields.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "indexer/extract/cleaning.h"
#include "indexer/extract/dates.h"
#include "indexer/extract/language.h"
#include "indexer/extract/titles.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

// A page's metadata may hold a book; nobody reads, and a record should not store, more than this.
constexpr std::size_t kLongestValue = 4000;
constexpr std::size_t kMostValues = 200;

}  // namespace

void FoundFields::add(schema::FieldId field, std::string_view value, std::string_view source) {
  if (found_.size() >= kMostValues) return;
  std::string clean = clean_line(value.substr(0, 4 * kLongestValue));
  clean = std::string(schema::cut_utf8(clean, kLongestValue));
  const bool known = std::any_of(found_.begin(), found_.end(), [&](const FoundField& found) {
    return found.field == field && found.value == clean;
  });
  if (!clean.empty() && !known) found_.push_back({field, std::move(clean), std::string(source)});
}

void FoundFields::add_title(std::string_view value, std::string_view source) {
  if (!is_junk_title(clean_line(value.substr(0, kLongestValue)))) add(schema::FieldId::title, value, source);
}

void FoundFields::add_list(schema::FieldId field, std::string_view values, std::string_view source,
                           bool commas) {
  const std::string_view separators = commas ? ";,\n" : ";\n";
  while (!values.empty()) {
    const std::size_t end = std::min(values.find_first_of(separators), values.size());
    const std::string_view value = values.substr(0, end);
    // What people leave in the field of the author without knowing.
    const std::string clean = clean_line(value);
    const bool nobody = field == schema::FieldId::author &&
                        (clean == "user" || clean == "User" || clean == "admin" || clean == "Admin" ||
                         clean == "Administrator" || clean == "administrator" || clean == "Owner" ||
                         clean == "unknown" || clean == "Unknown" || clean == "Default User");
    if (!nobody) add(field, value, source);
    values.remove_prefix(std::min(end + 1, values.size()));
  }
}

void FoundFields::add_date(std::string_view value, std::string_view source) {
  if (const std::optional<std::string> date = iso_date(value)) add(schema::FieldId::date, *date, source);
}

void FoundFields::add_language(std::string_view value, std::string_view source) {
  if (const auto tag = canonical_language(value)) add(schema::FieldId::language, *tag, source);
}

bool FoundFields::has(schema::FieldId field) const {
  return std::any_of(found_.begin(), found_.end(),
                     [&](const FoundField& found) { return found.field == field; });
}

}  // namespace carrel::indexer
