// Exact facet counts of a query in one pass over its matches, each field counted as if its own selection were
// not made (drill-sideways).
//
// What is counted is hits. Versions of one work (translations, editions) are one hit, so a value counts once
// for a work of which some version has it: a value's count is the number of hits that choosing it would show.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <xapian.h>

#include "search/answer.h"
#include "search/facet_columns.h"
#include "search/selections.h"
#include "search/version_sets.h"

namespace carrel::search {

/// Sees every document that matches the query without facet selections, lets pass those that all selections
/// allow, and counts. A document that fails exactly one field's selection counts for that field only. For it
/// to see all, the MSet must be asked for with check_at_least = get_doccount().
class FacetCounter : public Xapian::MatchDecider {
 public:
  /// Counts `counted`; all arguments outlive the counter. `sets` nothing: every document is a hit of its own.
  FacetCounter(std::span<const FacetColumn* const> counted, std::span<const FacetSelection> selections,
               const VersionSets* sets = nullptr);

  bool operator()(const Xapian::Document& document) const override;

  /// To be called once when all documents were seen: counts the versions that were put aside.
  void finish();

  /// Hits: works that passed in at least one version.
  std::uint64_t total() const { return total_; }

  /// Documents that passed, every version counted.
  std::uint64_t resources() const { return resources_; }

  /// The versions that passed, by set, sorted: pairs of set and document.
  std::span<const std::pair<std::uint32_t, std::uint32_t>> versions() const { return passed_versions_; }

  /// How many hits a value of a counted field has.
  std::span<const std::uint64_t> counts(const FacetColumn& column) const;

 private:
  struct Tally {
    const FacetColumn* column;
    int selection;  // index of the field's own selection, -1 without one
    std::vector<std::uint64_t> counts;
  };
  /// A version of a work, with the one selection that it fails, -1 for none.
  struct Version {
    std::uint32_t set;
    std::uint32_t document;
    int failed;
  };
  static constexpr int kNone = -1;

  void count_work(std::span<const Version> versions);

  std::span<const FacetSelection> selections_;
  const VersionSets* sets_;
  // Xapian calls deciders as const objects; counting is what this one is for.
  mutable std::vector<Tally> tallies_;
  mutable std::vector<Version> versions_;
  mutable std::uint64_t total_ = 0;
  mutable std::uint64_t resources_ = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> passed_versions_;
  std::vector<std::uint32_t> codes_;  // of one work
};

/// The answer's facet: values by count then label (years newest first), at most `limit` and every selected
/// one; of the years all, so that they make a histogram. Labels are for readers of `ui`.
Facet to_facet(const FacetColumn& column, std::span<const std::uint64_t> counts,
               const FacetSelection* selection, std::size_t limit, std::string_view ui);

}  // namespace carrel::search
