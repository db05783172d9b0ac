#include "search/facet_columns.h"

#include <algorithm>

#include <xapian.h>

#include "search/schema/terms.h"
#include "search/schema/values.h"

namespace carrel::search {

FacetColumn FacetColumn::load(const Xapian::Database& database, const schema::Field& field) {
  FacetColumn column;
  column.field_ = field.id;
  column.starts_.reserve(database.get_lastdocid() + 2);
  std::vector<std::uint32_t> of_document;
  for (auto it = database.valuestream_begin(field.slot); it != database.valuestream_end(field.slot); ++it) {
    column.starts_.resize(it.get_docid() + 1, static_cast<std::uint32_t>(column.codes_.size()));
    const std::string stored = *it;
    of_document.clear();
    for (const std::string_view value : schema::split_many(stored)) {
      const std::uint32_t code = column.code_of(value);
      // A value said twice of one resource counts once.
      if (std::ranges::find(of_document, code) == of_document.end()) of_document.push_back(code);
    }
    for (const std::uint32_t code : of_document) ++column.documents_[code];
    column.codes_.insert(column.codes_.end(), of_document.begin(), of_document.end());
  }
  column.starts_.push_back(static_cast<std::uint32_t>(column.codes_.size()));
  column.drop_offsets_of_single_values();
  for (std::uint32_t code = 0; code < column.values_.size(); ++code) {
    for (std::string& term : schema::filter_terms(field, column.values_[code])) {
      column.by_term_[std::move(term)].push_back(code);
    }
  }
  return column;
}

std::uint32_t FacetColumn::code_of(std::string_view value) {
  const auto [entry, is_new] =
      by_value_.try_emplace(std::string(value), static_cast<std::uint32_t>(values_.size()));
  if (is_new) {
    values_.emplace_back(value);
    documents_.push_back(0);
  }
  return entry->second;
}

void FacetColumn::drop_offsets_of_single_values() {
  for (std::size_t i = 1; i < starts_.size(); ++i) {
    if (starts_[i] - starts_[i - 1] > 1) return;
  }
  std::vector<std::uint32_t> single(starts_.size(), kNone);
  for (std::size_t i = 1; i < starts_.size(); ++i) {
    if (starts_[i] != starts_[i - 1]) single[i - 1] = codes_[starts_[i - 1]];
  }
  codes_ = std::move(single);
  starts_.clear();
}

std::span<const std::uint32_t> FacetColumn::codes_for(std::string_view value) const {
  const auto found = by_term_.find(schema::filter_term(schema::field(field_), value));
  if (found == by_term_.end()) return {};
  return found->second;
}

FacetColumns FacetColumns::load(const Xapian::Database& database) {
  FacetColumns columns;
  for (const schema::Field& field : schema::kFields) {
    if (field.is(schema::kFacet)) columns.columns_.push_back(FacetColumn::load(database, field));
  }
  return columns;
}

const FacetColumn* FacetColumns::find(schema::FieldId field) const {
  const auto found = std::ranges::find(columns_, field, &FacetColumn::field);
  return found == columns_.end() ? nullptr : &*found;
}

}  // namespace carrel::search
