#include "search/selections.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "search/query_builder.h"
#include "search/schema/date.h"
#include "search/schema/terms.h"
#include "search/schema/tokenizer.h"

namespace carrel::search {
namespace {

using schema::FieldId;

Result<void> select_years(FacetSelection& selection, const std::string& text) {
  const auto range = schema::DateRange::parse(text);
  if (!range) return std::unexpected(range.error());
  for (std::uint32_t code = 0; code < selection.column->size(); ++code) {
    const auto year = schema::PartialDate::parse(selection.column->value(code));
    if (year && year->last_day() >= range->from && year->first_day() <= range->to)
      selection.allowed[code] = true;
  }
  return {};
}

Result<void> select(FacetSelection& selection, const std::string& value) {
  if (selection.column->field() == FieldId::year && value.find("..") != std::string::npos) {
    return select_years(selection, value);
  }
  const auto codes = selection.column->codes_for(value);
  if (codes.empty()) selection.unknown.push_back(value);
  for (const std::uint32_t code : codes) {
    selection.allowed[code] = true;
    if (std::ranges::find(selection.chosen, code) == selection.chosen.end()) selection.chosen.push_back(code);
  }
  return {};
}

FacetSelection& selection_of(FieldId field, const FacetColumns& columns, Selections& selections) {
  const FacetColumn* column = columns.find(field);
  const auto known = std::ranges::find(selections.facets, column, &FacetSelection::column);
  if (known != selections.facets.end()) return *known;
  return selections.facets.emplace_back(
      FacetSelection{.column = column, .allowed = std::vector<bool>(column->size(), false)});
}

/// All words of the value in a field that has words and no whole values.
Xapian::Query words_query(const schema::Field& field, const std::string& value) {
  std::vector<Xapian::Query> all;
  for (const auto& token : schema::tokenize(value)) all.emplace_back(schema::word_term(field, token.folded));
  return {Xapian::Query::OP_AND, all.begin(), all.end()};
}

Result<Xapian::Query> other_filter(const Selection& selection) {
  const schema::Field& field = schema::field(selection.field);
  if (field.is(schema::kFilter)) return filter_query(field, selection.values);
  std::vector<Xapian::Query> any;
  for (const std::string& value : selection.values) {
    if (field.is(schema::kWords)) {
      any.push_back(words_query(field, value));
      continue;
    }
    const bool holds_days =
        field.is(schema::kRange) && field.id != FieldId::pages && field.id != FieldId::bytes;
    if (!holds_days) {
      return fail(ErrorKind::usage, fmt::format("results cannot be filtered by '{}'", field.name),
                  "filter by a facet such as type, topic or language, or by year or date");
    }
    const auto range = schema::DateRange::parse(value);
    if (!range) return std::unexpected(range.error());
    any.push_back(range_query(field.id, range->from, range->to));
  }
  return Xapian::Query(Xapian::Query::OP_OR, any.begin(), any.end());
}

}  // namespace

Result<Selections> read_selections(const Request& request, const FacetColumns& columns) {
  Selections selections;
  // Selections are held by address below: no reallocation once the first is handed out.
  selections.facets.reserve(schema::kFieldCount);
  for (const Selection& selection : request.selections) {
    if (selection.values.empty()) continue;
    if (columns.find(selection.field) == nullptr) {
      auto filter = other_filter(selection);
      if (!filter) return std::unexpected(filter.error());
      selections.filters.push_back(std::move(*filter));
      continue;
    }
    FacetSelection& facet = selection_of(selection.field, columns, selections);
    for (const std::string& value : selection.values) {
      if (auto selected = select(facet, value); !selected) return std::unexpected(selected.error());
    }
  }
  if (!request.year.empty()) {
    FacetSelection& years = selection_of(FieldId::year, columns, selections);
    const bool single =
        request.year.find("..") == std::string::npos && schema::PartialDate::parse(request.year);
    auto selected = single ? select(years, request.year) : select_years(years, request.year);
    if (!selected) return std::unexpected(selected.error());
  }
  if (!request.date.empty()) {
    const auto range = schema::DateRange::parse(request.date);
    if (!range) return std::unexpected(range.error());
    selections.filters.push_back(range_query(FieldId::date, range->from, range->to));
  }
  return selections;
}

}  // namespace carrel::search
