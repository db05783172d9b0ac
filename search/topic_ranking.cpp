#include "search/topic_ranking.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <numeric>
#include <utility>

namespace carrel::search {
namespace {

using schema::TopicVector;

/// Cosines of resources i and j at i * size + j.
using Cosines = std::vector<float>;

Cosines by_topics(std::span<const TopicVector> topics) {
  const std::size_t size = topics.size();
  Cosines out(size * size, 0);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      out[i * size + j] = out[j * size + i] = std::max(0.0F, schema::dot(topics[i].place, topics[j].place));
    }
  }
  return out;
}

Cosines by_words(std::span<const TopicVector> topics) {
  struct In {
    std::uint16_t stem;
    std::uint32_t resource;
    float weight;
  };
  const std::size_t size = topics.size();
  std::vector<In> all;
  for (std::uint32_t i = 0; i < size; ++i) {
    for (const TopicVector::Word& one : topics[i].words) all.push_back({one.stem, i, one.weight});
  }
  std::ranges::stable_sort(all, {}, &In::stem);
  Cosines out(size * size, 0);
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin + 1;
    while (end < all.size() && all[end].stem == all[begin].stem) ++end;
    const auto with = std::span(all).subspan(begin, end - begin);
    for (const In& a : with) {
      for (const In& b : with) out[a.resource * size + b.resource] += a.weight * b.weight;
    }
    begin = end;
  }
  return out;
}

/// How far each falls short of what its nearest neighbours score on average, nearer ones more; 0 where it
/// does not.
std::vector<double> short_of_neighbours(const Cosines& cosines, const std::vector<double>& scores,
                                        std::size_t neighbours) {
  const std::size_t size = scores.size();
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
    if (weight > 0) out[i] = std::max(0.0, sum / weight - scores[i]);
  }
  return out;
}

/// Where the best resources lie, each as much as it scores.
schema::TopicPlace place_of_best(std::span<const TopicVector> topics, const std::vector<double>& scores,
                                 std::size_t count) {
  std::vector<std::uint32_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, std::greater(), [&](std::uint32_t i) { return scores[i]; });
  schema::TopicPlace sum;
  for (const std::uint32_t i : std::span(order).first(std::min(count, order.size()))) {
    schema::add_scaled(sum, topics[i].place, static_cast<float>(scores[i]));
  }
  schema::normalise(sum);
  return sum;
}

}  // namespace

void follow_topics(const schema::TopicPlace& query, std::span<const TopicVector> topics,
                   const Ranking& ranking, std::vector<double>& scores) {
  const double best = *std::ranges::max_element(scores);
  if (best <= 0) return;
  std::vector<double> rise(scores.size(), 0);
  if (ranking.smoothing > 0) {
    for (const Cosines& cosines : {by_words(topics), by_topics(topics)}) {
      const auto missing = short_of_neighbours(cosines, scores, ranking.neighbours);
      for (std::size_t i = 0; i < rise.size(); ++i) rise[i] += ranking.smoothing * missing[i];
    }
  }
  const schema::TopicPlace of_best = place_of_best(topics, scores, ranking.feedback_from);
  for (std::size_t i = 0; i < rise.size(); ++i) {
    const schema::TopicPlace& place = topics[i].place;
    rise[i] += best * ranking.latent * std::max(0.0F, schema::dot(place, query));
    rise[i] += best * ranking.feedback * std::max(0.0F, schema::dot(place, of_best));
    scores[i] += rise[i];
  }
}

}  // namespace carrel::search
