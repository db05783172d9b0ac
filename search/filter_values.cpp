#include "search/filter_values.h"

#include <algorithm>

#include "search/schema/language.h"
#include "search/schema/text.h"
#include "search/schema/tokenizer.h"

namespace carrel::search {
namespace {

using schema::FieldId;

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<std::string> words;
  for (auto& token : schema::tokenize(text)) words.push_back(std::move(token.folded));
  return words;
}

}  // namespace

std::vector<std::string> FilterValues::meant_by(const QueryNode& clause) const {
  std::vector<std::string> values;
  const FacetColumn* column = columns_.find(clause.field);
  for (const std::string& typed : clause.values) {
    values.push_back(typed);
    if (column == nullptr || !column->codes_for(typed).empty()) continue;
    if (clause.field == FieldId::language) {
      add_language_named(typed, values);
    } else {
      add_values_with_words(*column, typed, values);
    }
  }
  return values;
}

void FilterValues::add_language_named(const std::string& typed, std::vector<std::string>& values) const {
  const FacetColumn& column = *columns_.find(FieldId::language);
  const std::string name = schema::folded_form(typed);
  for (std::uint32_t code = 0; code < column.size(); ++code) {
    const std::string base = schema::base_language(column.value(code));
    for (const std::string_view reader : {std::string_view("en"), std::string_view(base)}) {
      if (schema::folded_form(schema::language_name(base, reader)) == name)
        values.push_back(column.value(code));
    }
  }
}

void FilterValues::add_values_with_words(const FacetColumn& column, const std::string& typed,
                                         std::vector<std::string>& values) const {
  const auto wanted = folded_words(typed);
  for (std::uint32_t code = 0; code < column.size(); ++code) {
    const auto words = folded_words(column.value(code));
    if (!std::ranges::search(words, wanted).empty()) values.push_back(column.value(code));
  }
}

}  // namespace carrel::search
