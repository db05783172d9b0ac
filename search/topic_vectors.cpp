#include "search/topic_vectors.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "search/schema/stop_words.h"
#include "search/schema/text.h"

namespace carrel::search {
namespace {

/// Weights kept of a resource; more add noise and time.
constexpr std::size_t kMostWeights = 300;
/// Words remembered.
constexpr std::size_t kMostKnown = 200'000;

bool tells(const std::string& word) {
  if (word.front() >= '0' && word.front() <= '9') return false;
  if (schema::count_code_points(word) < 3) return false;
  return !schema::stop_words("en").contains(word) && !schema::stop_words("es").contains(word);
}

}  // namespace

WordRarities::Entry WordRarities::of(const Xapian::Database& database, const std::string& word) {
  if (const auto known = known_.find(word); known != known_.end()) return known->second;
  if (known_.size() >= kMostKnown) forget();
  Entry entry;
  if (tells(word)) {
    if (const auto documents = database.get_termfreq(word); documents > 0) {
      entry.rarity = static_cast<float>(std::log(database.get_doccount() / static_cast<double>(documents)));
      const std::string& key = stemmer_.key(word);
      entry.stem = std::hash<std::string>()(key.empty() ? word : key);
    }
  }
  known_.emplace(word, entry);
  return entry;
}

void WordRarities::forget() {
  known_.clear();
}

void TopicVectors::merge_equal(std::vector<Weight>& by_stem) {
  std::size_t kept = 0;
  for (const Weight one : by_stem) {
    if (kept > 0 && by_stem[kept - 1].stem == one.stem) {
      by_stem[kept - 1].weight += one.weight;
    } else {
      by_stem[kept++] = one;
    }
  }
  by_stem.resize(kept);
}

TopicVectors::TopicVectors(const Xapian::Database& database, std::span<const Xapian::docid> documents,
                           WordRarities& rarities) {
  for (const Xapian::docid document : documents) {
    auto& vector = vectors_.emplace_back();
    Xapian::TermIterator it = database.termlist_begin(document);
    it.skip_to("a");
    for (const auto end = database.termlist_end(document); it != end; ++it) {
      const WordRarities::Entry entry = rarities.of(database, *it);
      if (entry.rarity <= 0) continue;
      vector.push_back({entry.stem, entry.rarity * static_cast<float>(it.get_wdf())});
    }
    std::ranges::stable_sort(vector, {}, &Weight::stem);
    merge_equal(vector);
    for (Weight& one : vector) one.weight = std::log1p(one.weight);
    if (vector.size() > kMostWeights) {
      std::ranges::nth_element(vector, vector.begin() + kMostWeights, std::greater(), &Weight::weight);
      vector.resize(kMostWeights);
      std::ranges::sort(vector, {}, &Weight::stem);
    }
    float square = 0;
    for (const Weight& one : vector) square += one.weight * one.weight;
    if (square <= 0) continue;
    for (Weight& one : vector) one.weight /= std::sqrt(square);
  }
}

std::vector<float> TopicVectors::cosines() const {
  struct In {
    std::uint64_t stem;
    std::uint32_t resource;
    float weight;
  };
  const std::size_t size = vectors_.size();
  std::vector<In> all;
  for (std::uint32_t i = 0; i < size; ++i) {
    for (const Weight& one : vectors_[i]) all.push_back({one.stem, i, one.weight});
  }
  std::ranges::stable_sort(all, {}, &In::stem);
  std::vector<float> out(size * size, 0);
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

std::vector<float> TopicVectors::cosines_with(std::span<const std::uint32_t> resources,
                                              std::span<const double> weights) const {
  std::vector<Weight> sum;
  for (std::size_t i = 0; i < resources.size(); ++i) {
    for (const Weight& one : vectors_[resources[i]]) {
      sum.push_back({one.stem, static_cast<float>(weights[i]) * one.weight});
    }
  }
  std::ranges::stable_sort(sum, {}, &Weight::stem);
  merge_equal(sum);
  float square = 0;
  for (const Weight& one : sum) square += one.weight * one.weight;
  std::vector<float> out(vectors_.size(), 0);
  if (square <= 0) return out;
  for (std::size_t i = 0; i < vectors_.size(); ++i) {
    auto other = sum.begin();
    for (const Weight& one : vectors_[i]) {
      other = std::lower_bound(other, sum.end(), one.stem,
                               [](const Weight& a, std::uint64_t stem) { return a.stem < stem; });
      if (other == sum.end()) break;
      if (other->stem == one.stem) out[i] += one.weight * other->weight;
    }
    out[i] /= std::sqrt(square);
  }
  return out;
}

}  // namespace carrel::search
