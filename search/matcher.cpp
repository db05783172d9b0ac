#include "search/matcher.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>

#include "search/facet_counter.h"

namespace carrel::search {
namespace {

using schema::FieldId;
using Query = Xapian::Query;

/// k1 .9, b .4 are Lucene's, best of those tried on whole documents of uneven length; k3 8 counts words that
/// a query repeats; k2 0 and the least normalised length .5 are Xapian's defaults.
Xapian::BM25Weight weighting() {
  return {0.9, 0, 8, 0.4, 0.5};
}

Xapian::valueno slot_of(FieldId field) {
  return schema::field(field).slot;
}

/// Resources without a date come last in either direction.
constexpr const char* kAfterAllDates = "99999999";

/// Sets the order of results; every order ends with the document number, so it is stable. `keys` lives as
/// long as the enquire.
void order(Xapian::Enquire& enquire, Xapian::MultiValueKeyMaker& keys, Sort sort, bool browses) {
  switch (sort) {
    case Sort::relevance:
      if (!browses) {
        enquire.set_sort_by_relevance();
        return;
      }
      keys.add_value(slot_of(FieldId::date), true);
      keys.add_value(slot_of(FieldId::title));
      break;
    case Sort::date_ascending:
      keys.add_value(slot_of(FieldId::date), false, kAfterAllDates);
      break;
    case Sort::date_descending:
      keys.add_value(slot_of(FieldId::date), true);
      break;
    case Sort::added_ascending:
      keys.add_value(slot_of(FieldId::added), false, kAfterAllDates);
      break;
    case Sort::added_descending:
      keys.add_value(slot_of(FieldId::added), true);
      break;
    case Sort::title:
      keys.add_value(slot_of(FieldId::title));
      break;
  }
  if (browses) {
    keys.add_value(slot_of(FieldId::title));
    enquire.set_sort_by_key(&keys, false);
  } else {
    enquire.set_sort_by_key_then_relevance(&keys, false);
  }
}

Query with_filters(Query query, const Selections& selections) {
  if (selections.filters.empty()) return query;
  const Query filters(Query::OP_AND, selections.filters.begin(), selections.filters.end());
  return {Query::OP_FILTER, query, filters};
}

std::vector<const FacetColumn*> counted_columns(const FacetColumns& columns, const Request& request) {
  std::vector<const FacetColumn*> counted;
  for (const FacetColumn& column : columns.all()) {
    const bool wanted =
        !request.facets || std::ranges::find(*request.facets, column.field()) != request.facets->end();
    if (wanted) counted.push_back(&column);
  }
  return counted;
}

}  // namespace

Matches match(const Xapian::Database& database, const FacetColumns& columns, Query query, bool browses,
              const Selections& selections, const Request& request, Deadline& deadline) {
  const auto counted = counted_columns(columns, request);
  const FacetCounter counter(counted, selections.facets);
  Xapian::Enquire enquire(database);
  enquire.set_query(deadline.bound(with_filters(std::move(query), selections)));
  enquire.set_weighting_scheme(weighting());
  Xapian::MultiValueKeyMaker keys;
  order(enquire, keys, request.sort, browses);
  // Xapian counts in 32 bits; more than there are is all there are.
  const Xapian::doccount size = database.get_doccount();
  const auto first = static_cast<Xapian::doccount>(std::min<std::size_t>(request.offset, size));
  const auto most = static_cast<Xapian::doccount>(std::min<std::size_t>(request.limit, size - first));
  const Xapian::MSet found = enquire.get_mset(first, most, size, nullptr, &counter);
  Matches out{.total = counter.total()};
  for (auto it = found.begin(); it != found.end(); ++it) out.matches.push_back({*it, it.get_weight()});
  for (const FacetColumn* column : counted) {
    const auto own = std::ranges::find(selections.facets, column, &FacetSelection::column);
    out.facets.push_back(to_facet(*column, counter.counts(*column),
                                  own == selections.facets.end() ? nullptr : &*own, request.facet_values,
                                  request.ui));
  }
  return out;
}

std::uint64_t count_up_to(const Xapian::Database& database, const Query& query, std::uint64_t limit,
                          Deadline& deadline) {
  Xapian::Enquire enquire(database);
  enquire.set_query(deadline.bound(query));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  return enquire.get_mset(0, static_cast<Xapian::doccount>(limit)).size();
}

std::uint64_t count_matches(const Xapian::Database& database, const Query& query,
                            const Selections& selections, Deadline& deadline) {
  const FacetCounter counter({}, selections.facets);
  Xapian::Enquire enquire(database);
  enquire.set_query(deadline.bound(with_filters(query, selections)));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.get_mset(0, 0, database.get_doccount(), nullptr, &counter);
  return counter.total();
}

}  // namespace carrel::search
