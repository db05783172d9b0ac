// Exact facet counts of a query in one pass over its matches, each field counted as if its own selection were
// not made (drill-sideways).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <xapian.h>

#include "search/answer.h"
#include "search/facet_columns.h"
#include "search/selections.h"

namespace carrel::search {

/// Sees every document that matches the query without facet selections, lets pass those that all selections
/// allow, and counts. A document that fails exactly one field's selection counts for that field only. For it
/// to see all, the MSet must be asked for with check_at_least = get_doccount().
class FacetCounter : public Xapian::MatchDecider {
 public:
  /// Counts `counted`; both arguments outlive the counter.
  FacetCounter(std::span<const FacetColumn* const> counted, std::span<const FacetSelection> selections);

  bool operator()(const Xapian::Document& document) const override;

  /// Documents that passed.
  std::uint64_t total() const { return total_; }

  /// How often a value of a counted field was met.
  std::span<const std::uint64_t> counts(const FacetColumn& column) const;

 private:
  struct Tally {
    const FacetColumn* column;
    int selection;  // index of the field's own selection, -1 without one
    std::vector<std::uint64_t> counts;
  };
  static constexpr int kNone = -1;

  std::span<const FacetSelection> selections_;
  // Xapian calls deciders as const objects; counting is what this one is for.
  mutable std::vector<Tally> tallies_;
  mutable std::uint64_t total_ = 0;
};

/// The answer's facet: values by count then label (years newest first), at most `limit` and every selected
/// one. Labels are for readers of `ui`.
Facet to_facet(const FacetColumn& column, std::span<const std::uint64_t> counts,
               const FacetSelection* selection, std::size_t limit, std::string_view ui);

}  // namespace carrel::search
