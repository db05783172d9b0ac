// Which version of a work stands for it in a list of results, and where.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "search/facet_columns.h"
#include "search/matcher.h"
#include "search/version_sets.h"

namespace carrel::search {

/// Refers to all that it is made of while it lives.
class VersionChoice {
 public:
  /// `languages`: base languages of the reader, the best first.
  VersionChoice(const VersionSets& sets, const FacetColumn* language_column,
                std::span<const std::string> languages)
      : sets_(sets), language_column_(language_column), languages_(languages) {}

  /// The one of the `versions` that match to be shown: in the first of the reader's languages that there is,
  /// of these the newest edition, of these the one that was first in the index.
  std::uint32_t best(std::span<const std::uint32_t> versions) const;

 private:
  std::size_t language_rank(std::uint32_t document) const;

  const VersionSets& sets_;
  const FacetColumn* language_column_;
  std::span<const std::string> languages_;
};

/// One match a work, in the order of `matches` (all in order, or the first of them). `shown_of` gives for
/// each set of versions the document that stands for it. When the order is by relevance, a work has the place
/// of its best version; otherwise (`own_place`) the place of the version that is shown, so that dates stay in
/// order. What the first matches become does not depend on how many follow.
std::vector<Match> one_a_work(std::span<const Match> matches, const VersionSets& sets,
                              std::span<const std::uint32_t> shown_of, bool own_place);

}  // namespace carrel::search
