#include "search/topic_vectors.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "search/schema/text.h"
#include "search/stop_words.h"

namespace carrel::search {
namespace {

/// Weights kept of a resource; more add noise and time.
constexpr std::size_t kMostWeights = 300;
/// Words remembered.
constexpr std::size_t kMostKnown = 200'000;

bool tells(const std::string& word) {
  if (word.front() >= '0' && word.front() <= '9') return false;
  if (schema::count_code_points(word) < 3) return false;
  return !stop_words("en").contains(word) && !stop_words("es").contains(word);
}

}  // namespace

WordRarities::Entry WordRarities::of(const Xapian::Database& database, const std::string& word) {
  if (const auto known = known_.find(word); known != known_.end()) return known->second;
  if (known_.size() >= kMostKnown) forget();
  Entry entry;
  if (tells(word)) {
    if (const auto documents = database.get_termfreq(word); documents > 0) {
      entry.rarity = static_cast<float>(std::log(database.get_doccount() / static_cast<double>(documents)));
      entry.stem = stem_of(word);
    }
  }
  known_.emplace(word, entry);
  return entry;
}

std::uint32_t WordRarities::stem_of(const std::string& word) {
  const std::string& key = stemmer_.key(word);
  return stems_.emplace(key.empty() ? word : key, static_cast<std::uint32_t>(stems_.size())).first->second;
}

void WordRarities::forget() {
  known_.clear();
  stems_.clear();
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
    std::ranges::sort(vector, {}, &Weight::stem);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < vector.size(); ++i) {
      if (kept > 0 && vector[kept - 1].stem == vector[i].stem) {
        vector[kept - 1].weight += vector[i].weight;
      } else {
        vector[kept++] = vector[i];
      }
    }
    vector.resize(kept);
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
  const std::size_t size = vectors_.size();
  std::unordered_map<std::uint32_t, std::vector<std::pair<std::uint32_t, float>>> of_stem;
  for (std::uint32_t i = 0; i < size; ++i) {
    for (const Weight& one : vectors_[i]) of_stem[one.stem].emplace_back(i, one.weight);
  }
  std::vector<float> out(size * size, 0);
  for (const auto& [stem, with] : of_stem) {
    for (const auto& [i, a] : with) {
      for (const auto& [j, b] : with) out[i * size + j] += a * b;
    }
  }
  return out;
}

std::vector<float> TopicVectors::cosines_with(std::span<const std::uint32_t> resources,
                                              std::span<const double> weights) const {
  std::unordered_map<std::uint32_t, float> sum;
  for (std::size_t i = 0; i < resources.size(); ++i) {
    for (const Weight& one : vectors_[resources[i]])
      sum[one.stem] += static_cast<float>(weights[i]) * one.weight;
  }
  float square = 0;
  for (const auto& [stem, weight] : sum) square += weight * weight;
  std::vector<float> out(vectors_.size(), 0);
  if (square <= 0) return out;
  for (std::size_t i = 0; i < vectors_.size(); ++i) {
    for (const Weight& one : vectors_[i]) {
      if (const auto found = sum.find(one.stem); found != sum.end()) out[i] += one.weight * found->second;
    }
    out[i] /= std::sqrt(square);
  }
  return out;
}

}  // namespace carrel::search
