#include "search/topic_ranking.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <numeric>
#include <utility>

namespace carrel::search {
namespace {

/// What the neighbours of each score on average, nearer ones more.
std::vector<double> scores_of_neighbours(const TopicVectors& topics, const std::vector<double>& scores,
                                         std::size_t neighbours) {
  const std::size_t size = scores.size();
  const std::vector<float> cosines = topics.cosines();
  std::vector<double> out(size, 0);
  std::vector<std::pair<float, std::size_t>> near;
  for (std::size_t i = 0; i < size; ++i) {
    near.clear();
    for (std::size_t j = 0; j < size; ++j) {
      if (j != i) near.emplace_back(cosines[i * size + j], j);
    }
    const std::size_t kept = std::min(neighbours, near.size());
    std::ranges::partial_sort(near, near.begin() + static_cast<std::ptrdiff_t>(kept), std::greater());
    double sum = 0, weight = 0;
    for (const auto& [cosine, j] : std::span(near).first(kept)) {
      sum += cosine * scores[j];
      weight += cosine;
    }
    if (weight > 0) out[i] = sum / weight;
  }
  return out;
}

}  // namespace

void follow_topics(const Xapian::Database& database, std::span<const Xapian::docid> documents,
                   const Ranking& ranking, WordRarities& rarities, std::vector<double>& scores) {
  if (ranking.feedback <= 0 && ranking.smoothing <= 0) return;
  const TopicVectors topics(database, documents, rarities);
  std::vector<std::uint32_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, std::greater(), [&](std::uint32_t i) { return scores[i]; });
  const double best = scores[order.front()];
  if (best <= 0) return;

  const std::vector<double> neighbours = scores_of_neighbours(topics, scores, ranking.neighbours);
  const std::span best_ones = std::span(order).first(std::min(ranking.feedback_from, order.size()));
  std::vector<double> weights;
  for (const std::uint32_t i : best_ones) weights.push_back(scores[i] / best);
  const std::vector<float> alike = topics.cosines_with(best_ones, weights);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    scores[i] +=
        ranking.smoothing * std::max(0.0, neighbours[i] - scores[i]) + ranking.feedback * best * alike[i];
  }
}

}  // namespace carrel::search
