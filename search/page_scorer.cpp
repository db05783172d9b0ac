#include "search/page_scorer.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace carrel::search {
namespace {

// Chosen on the judged queries of the demonstration library and on judged abstracts bound into reports, where
// the choice is flat. docs/ranking.md has what each part is worth.

/// Two words of the query that follow each other in it, when they stand side by side on the page, beside 1
/// for each of them; 1 / distance where they are less than kNear words apart.
constexpr double kProximity = 0.4;
constexpr Xapian::termpos kNear = 10;

/// How rare what stands on `with` of `pages` is (inverse document frequency as in BM25, never negative).
double rarity_among(double pages, double with) {
  return std::log(1 + (pages - with + 0.5) / (with + 0.5));
}

}  // namespace

PageScorer::PageScorer(std::span<const Target> targets, std::span<const double> rarity) : targets_(targets) {
  for (std::size_t i = 0; i < targets.size(); ++i) {
    // What the thesaurus adds follows the word that led to it.
    if (targets[i].weight >= 1 || rarity_.empty()) rarity_.push_back(rarity[i]);
    word_of_.push_back(static_cast<std::uint32_t>(rarity_.size() - 1));
  }
}

PageScorer::Weights PageScorer::weights_in(std::span<const PagePlaces> pages, std::size_t page_count) const {
  std::vector<std::uint32_t> pages_with(rarity_.size(), 0), last_page(rarity_.size(), 0);
  for (const PagePlaces& page : pages) {
    for (const TargetPlace& one : page.shown) {
      const std::uint32_t word = word_of_[one.target];
      if (last_page[word] == page.number) continue;
      last_page[word] = page.number;
      ++pages_with[word];
    }
  }
  Weights weights(rarity_.size());
  for (std::size_t word = 0; word < weights.size(); ++word) {
    weights[word] =
        std::sqrt(rarity_[word] * rarity_among(static_cast<double>(page_count), pages_with[word]));
  }
  return weights;
}

double PageScorer::nearness(std::span<const TargetPlace> on_page, const Weights& weights) const {
  if (weights.size() < 2) return 0;
  constexpr auto kNowhere = std::numeric_limits<Xapian::termpos>::max();
  std::vector<Xapian::termpos> last(weights.size(), kNowhere);
  std::vector<Xapian::termpos> nearest(weights.size(), kNear);  // of a word to the next one of the query
  for (const TargetPlace& one : on_page) {
    const std::uint32_t word = word_of_[one.target];
    const auto look = [&](std::uint32_t other, std::uint32_t pair) {
      if (last[other] != kNowhere) nearest[pair] = std::min(nearest[pair], one.position - last[other]);
    };
    if (word > 0) look(word - 1, word - 1);
    if (word + 1 < weights.size()) look(word + 1, word);
    last[word] = one.position;
  }
  double sum = 0;
  for (std::size_t word = 0; word + 1 < weights.size(); ++word) {
    if (nearest[word] >= kNear) continue;
    sum += std::min(weights[word], weights[word + 1]) / std::max<Xapian::termpos>(nearest[word], 1);
  }
  return sum;
}

double PageScorer::score(std::span<const TargetPlace> on_page, const Weights& weights) const {
  std::vector<double> counts(weights.size(), 0);
  for (const TargetPlace& one : on_page) counts[word_of_[one.target]] += targets_[one.target].weight;
  double sum = kProximity * nearness(on_page, weights);
  for (std::size_t word = 0; word < counts.size(); ++word) {
    sum += weights[word] * counts[word] / (counts[word] + 1);
  }
  return sum;
}

double PageScorer::shown_in(std::span<const TextMatch> matches, std::size_t begin, std::size_t end,
                            const Weights& weights) const {
  std::vector<double> seen(weights.size(), 0);
  for (const TextMatch& match : matches) {
    if (match.begin < begin || match.end > end) continue;
    double& word = seen[word_of_[match.target]];
    word = std::max(word, targets_[match.target].weight);
  }
  double sum = 0;
  for (std::size_t word = 0; word < seen.size(); ++word) sum += weights[word] * seen[word];
  return sum;
}

}  // namespace carrel::search
