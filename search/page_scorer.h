// How well a page of a resource shows a query, by where its words stand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <xapian.h>

#include "search/query_builder.h"
#include "search/text_matches.h"

namespace carrel::search {

/// One place in a resource that shows a target of the query, by its index.
struct TargetPlace {
  Xapian::termpos position;
  std::uint32_t target;
};

/// What one page shows, in the order of the positions.
struct PagePlaces {
  std::uint32_t number = 0;
  std::span<const TargetPlace> shown;
};

/// For one query. Words of the thesaurus stand for the typed word that led to them: they add to what a page
/// shows of it, less by their weight, and make no words of their own. Refers to `targets` while it lives.
class PageScorer {
 public:
  /// What each word of the query tells within one resource.
  using Weights = std::vector<double>;

  /// `rarity` of each target in the collection (inverse document frequency).
  PageScorer(std::span<const Target> targets, std::span<const double> rarity);

  /// A word tells the geometric mean of how rare it is in the collection and among the pages of the resource.
  Weights weights_in(std::span<const PagePlaces> pages, std::size_t page_count) const;

  /// Sums over words what they tell: occurrences (n / (n + 1)) and nearness to the next word of the query.
  double score(std::span<const TargetPlace> on_page, const Weights& weights) const;

  /// What the words that `matches` show between the bytes `begin` and `end` tell together.
  double shown_in(std::span<const TextMatch> matches, std::size_t begin, std::size_t end,
                  const Weights& weights) const;

 private:
  double nearness(std::span<const TargetPlace> on_page, const Weights& weights) const;

  std::span<const Target> targets_;
  std::vector<std::uint32_t> word_of_;  // by target
  std::vector<double> rarity_;          // by word
};

}  // namespace carrel::search
