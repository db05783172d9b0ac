#include "search/matcher.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>

#include "search/facet_counter.h"
#include "search/version_choice.h"

namespace carrel::search {
namespace {

using schema::FieldId;
using Query = Xapian::Query;

/// k2 0 and the least normalised length .5 are Xapian's defaults.
Xapian::BM25Weight weighting(const Ranking& ranking) {
  return {ranking.bm25_k1, 0, ranking.bm25_k3, ranking.bm25_b, 0.5};
}

Xapian::valueno slot_of(FieldId field) {
  return schema::field(field).slot;
}

/// Hits asked for beyond those wanted, for versions that fall together.
constexpr std::size_t kSpare = 20;

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

std::vector<Match> to_matches(const Xapian::MSet& found) {
  std::vector<Match> matches;
  for (auto it = found.begin(); it != found.end(); ++it) matches.push_back({*it, it.get_weight()});
  return matches;
}

/// The document that stands for each set of versions.
std::vector<std::uint32_t> shown_versions(const FacetCounter& counter, const FacetColumns& columns,
                                          const Works& works) {
  std::vector<std::uint32_t> shown(works.sets->size(), 0);
  const VersionChoice choice(*works.sets, columns.find(FieldId::language), works.languages);
  const auto versions = counter.versions();
  std::vector<std::uint32_t> of_work;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    of_work.push_back(versions[i].second);
    if (i + 1 < versions.size() && versions[i + 1].first == versions[i].first) continue;
    shown[versions[i].first] = choice.best(of_work);
    of_work.clear();
  }
  return shown;
}

}  // namespace

Matches match(const Xapian::Database& database, const FacetColumns& columns, Query query, bool browses,
              const Selections& selections, const Request& request, const Works& works, const Ranking& ranking,
              const Reorder& reorder, Deadline& deadline) {
  const auto counted = counted_columns(columns, request);
  FacetCounter counter(counted, selections.facets, works.sets);
  Xapian::Enquire enquire(database);
  enquire.set_query(deadline.bound(with_filters(std::move(query), selections)));
  enquire.set_weighting_scheme(weighting(ranking));
  Xapian::MultiValueKeyMaker keys;
  order(enquire, keys, request.sort, browses);
  // Xapian counts in 32 bits; more than there are is all there are.
  const Xapian::doccount size = database.get_doccount();
  const std::size_t first = std::min<std::size_t>(request.offset, size);
  const std::size_t wanted = first + std::min<std::size_t>(request.limit, size - first);
  const bool joins = works.sets != nullptr && works.sets->size() > 0;
  // Versions that fall together leave fewer hits than documents: some more are asked for at once, and as many
  // as it takes in the rare case that these are not enough.
  std::size_t asked = joins && wanted > 0 ? 2 * wanted + kSpare : wanted;
  if (reorder && wanted > 0) asked = std::max(asked, ranking.reranked);
  asked = std::min<std::size_t>(asked, size);
  auto found = to_matches(enquire.get_mset(0, static_cast<Xapian::doccount>(asked), size, nullptr, &counter));
  if (reorder) reorder(found);
  counter.finish();
  Matches out{.total = counter.total(), .resources = counter.resources()};
  if (joins) {
    const bool own_place = browses || request.sort != Sort::relevance;
    const auto shown = shown_versions(counter, columns, works);
    auto hits = one_a_work(found, *works.sets, shown, own_place);
    while (hits.size() < wanted && found.size() == asked && asked < size) {
      asked = std::min<std::size_t>(asked * 4, size);
      const FacetCounter again({}, selections.facets);
      found = to_matches(enquire.get_mset(0, static_cast<Xapian::doccount>(asked), size, nullptr, &again));
      if (reorder) reorder(found);
      hits = one_a_work(found, *works.sets, shown, own_place);
    }
    found = std::move(hits);
  }
  for (std::size_t i = first; i < found.size() && i < wanted; ++i) out.matches.push_back(found[i]);
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
                            const Selections& selections, const VersionSets* sets, Deadline& deadline) {
  FacetCounter counter({}, selections.facets, sets);
  Xapian::Enquire enquire(database);
  enquire.set_query(deadline.bound(with_filters(query, selections)));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.get_mset(0, 0, database.get_doccount(), nullptr, &counter);
  counter.finish();
  return counter.total();
}

}  // namespace carrel::search
