// What the best resources of an answer are about, in the words that they share.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "search/schema/stemming.h"

namespace carrel::search {

/// How rare the words of documents are, remembered while the index stays at one revision. One object, one
/// thread.
class WordRarities {
 public:
  /// The stem that a word of documents goes by and how rare it is: log(resources / resources with the word).
  struct Entry {
    std::uint64_t stem = 0;  ///< a hash: the same whatever was looked at before
    float rarity = 0;        ///< 0: tells nothing (a stop word, a number)
  };
  Entry of(const Xapian::Database& database, const std::string& word);

  /// To be called when the index has another revision.
  void forget();

 private:
  std::unordered_map<std::string, Entry> known_;
  schema::Stemmer stemmer_{"en"};
};

/// Unit vectors of tf-idf weights (log of occurrences times rarity; G. Salton and C. Buckley, Term-weighting
/// approaches in automatic text retrieval, 1988) of some resources. The same resources have the same vectors
/// to the last bit, so that every program gives the same scores.
class TopicVectors {
 public:
  /// Reads the words of `documents`; those of long ones that weigh most. Throws Xapian::Error.
  TopicVectors(const Xapian::Database& database, std::span<const Xapian::docid> documents,
               WordRarities& rarities);

  /// Cosines of resources i and j at i * size + j.
  std::vector<float> cosines() const;

  /// Cosines of each resource with the sum of the given ones, each as often as its weight says.
  std::vector<float> cosines_with(std::span<const std::uint32_t> resources,
                                  std::span<const double> weights) const;

 private:
  struct Weight {
    std::uint64_t stem = 0;
    float weight = 0;
  };
  /// Sums the weights of one stem.
  static void merge_equal(std::vector<Weight>& by_stem);

  std::vector<std::vector<Weight>> vectors_;  // each by stem
};

}  // namespace carrel::search
