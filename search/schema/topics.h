// What resources are about, as numbers: where each lies in the latent topics of the collection, and the stems
// that tell most of it.
//
// A rebuild finds the topics (indexer/topic_space.h) and stores where each stem lies among them as metadata,
// and for each resource a TopicVector in the value slot kTopicSlot. An update places new resources by the
// stems that are known; a query is placed the same way.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "search/schema/stemming.h"

namespace carrel::schema {

/// The value slot of encoded topic vectors; no field has it.
inline constexpr std::uint32_t kTopicSlot = 17;

/// Dimensions of the space of topics, at most. From 64 to 200 nDCG@10 differs by .001.
inline constexpr std::size_t kTopicDimensions = 128;

/// A direction; as long as the space has dimensions, or empty: nowhere.
using TopicPlace = std::vector<float>;

/// Sum of the products of two places; of unit vectors the cosine. 0 when one is nowhere.
float dot(const TopicPlace& a, const TopicPlace& b);

/// Adds `factor` times a place; a sum that is nowhere begins with it.
void add_scaled(TopicPlace& sum, const TopicPlace& place, float factor);

/// Makes it a unit vector; nowhere when it has no length.
void normalise(TopicPlace& place);

/// A stem among the topics.
struct TopicStem {
  float rarity = 0;  ///< log(resources / resources with the stem)
  TopicPlace place;  ///< its row in the right singular vectors

  friend bool operator==(const TopicStem&, const TopicStem&) = default;
};

/// What a resource is about.
struct TopicVector {
  /// A stem that tells much, by a hash of 16 bits: two of one collection fall together once in thousands.
  struct Word {
    std::uint16_t stem = 0;
    float weight = 0;
  };
  TopicPlace place;         ///< a unit vector
  std::vector<Word> words;  ///< the heaviest first
};

/// As bytes, a byte a dimension and three a word; what is read differs by at most a hundredth of the largest.
std::string encode_topics(const TopicVector& topics);
/// Empty when the bytes are malformed or none.
TopicVector decode_topics(std::string_view bytes);

/// The metadata key of a stem, and its value. A malformed value is a stem without rarity.
std::string topic_stem_key(std::string_view stem);
std::string encode_topic_stem(const TopicStem& stem);
TopicStem decode_topic_stem(std::string_view bytes);

/// The stems by which words of documents and queries are compared: English ones in every language, since the
/// words of a language that occur together lie together anyway. One object, one thread.
class TopicWords {
 public:
  /// The stem of a folded word; empty when it tells nothing: stop words, numbers, less than three letters,
  /// very long ones. Valid until the next call.
  const std::string& stem(const std::string& word);

 private:
  std::unordered_map<std::string, std::string> known_;
  Stemmer stemmer_{"en"};
};

/// Finds a stem; nullptr when it is not known. Valid until the next call.
using FindTopicStem = std::function<const TopicStem*(const std::string& stem)>;

/// Stems as an index stores them, remembered. One object, one thread.
class StoredTopicStems {
 public:
  /// `read` gives the value of a key of the index's metadata, empty when there is none.
  const TopicStem* find(const std::string& stem, const std::function<std::string(const std::string&)>& read);

  /// To be called when the index has another revision.
  void forget() { known_.clear(); }

 private:
  std::unordered_map<std::string, TopicStem> known_;
};

/// A stem, by name or number, with how much it tells of a text.
template <typename Stem>
struct Weighed {
  Stem stem;
  float weight = 0;
};

/// Stems considered of a text, at most: with 64 reports of many pages are placed worse (nDCG@10 .003 to .01).
inline constexpr std::size_t kMostStems = 300;

/// What a stem tells of a text that has it so often (G. Salton and C. Buckley, Term-weighting approaches in
/// automatic text retrieval, 1988).
inline float weight_of(double times, float rarity) {
  return std::log1p(static_cast<float>(times) * rarity);
}

/// Leaves the kMostStems that tell most, those first, and makes the weights a unit vector.
template <typename Stem>
void keep_heaviest(std::vector<Weighed<Stem>>& stems) {
  // By name where weights are equal: the same text is weighed the same, in whatever order it came.
  std::ranges::sort(stems, [](const auto& a, const auto& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.stem < b.stem;
  });
  if (stems.size() > kMostStems) stems.resize(kMostStems);
  float square = 0;
  for (const auto& one : stems) square += one.weight * one.weight;
  for (auto& one : stems) one.weight /= std::sqrt(square);
}

/// The stems of a text that are known, heaviest first, and where they lie.
std::vector<Weighed<std::string>> weigh_stems(const std::unordered_map<std::string, double>& occurrences,
                                              const FindTopicStem& find);
TopicPlace place_of(std::span<const Weighed<std::string>> stems, const FindTopicStem& find);

/// Adds a stem to what a resource is about; heavier ones have been added before. More than are stored are
/// passed over.
void add_word(TopicVector& topics, std::string_view stem, float weight);

/// What a resource is about, from how often it has each stem.
TopicVector topics_of(const std::unordered_map<std::string, double>& occurrences, const FindTopicStem& find);

}  // namespace carrel::schema
