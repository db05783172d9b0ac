#include "search/schema/topics.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>

#include <xxhash.h>

#include "search/schema/stop_words.h"
#include "search/schema/text.h"
#include "search/schema/values.h"

namespace carrel::schema {
namespace {

/// Stems stored of a resource: 16, 32, 64 and all are worth the same within .001 of nDCG@10.
constexpr std::size_t kMostWords = 32;

/// Words and stems remembered before the memory is emptied.
constexpr std::size_t kMostKnown = 200'000;
constexpr std::size_t kMostStored = 2'000;

constexpr float kLargestByte = 127;

/// Longer ones are no words, and keys of metadata have to be short.
constexpr std::size_t kLongestWord = 64;

bool tells(const std::string& word) {
  if (word.empty() || word.size() > kLongestWord || (word.front() >= '0' && word.front() <= '9'))
    return false;
  return count_code_points(word) >= 3 && !stop_words("en").contains(word) && !stop_words("es").contains(word);
}

std::uint16_t short_hash(std::string_view stem) {
  return static_cast<std::uint16_t>(XXH3_64bits(stem.data(), stem.size()));
}

float largest_of(const TopicPlace& place) {
  float largest = 0;
  for (const float value : place) largest = std::max(largest, std::abs(value));
  return largest;
}

/// Each value as a byte, 127 for the largest.
void append_place(std::string& out, const TopicPlace& place, float largest) {
  for (const float value : place) {
    const float scaled = largest > 0 ? std::round(value / largest * kLargestByte) : 0;
    out += static_cast<char>(static_cast<std::int8_t>(scaled));
  }
}

TopicPlace read_place(std::string_view bytes, float largest) {
  TopicPlace place;
  place.reserve(bytes.size());
  for (const char byte : bytes) {
    place.push_back(static_cast<float>(static_cast<std::int8_t>(byte)) * largest / kLargestByte);
  }
  return place;
}

void append_float(std::string& out, float value) {
  append_little_endian(out, std::bit_cast<std::uint32_t>(value), 4);
}

float read_float(std::string_view bytes) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(read_little_endian(bytes)));
}

}  // namespace

float dot(const TopicPlace& a, const TopicPlace& b) {
  if (a.size() != b.size()) return 0;
  // Sums side by side, so that the compiler may use the processor's vectors.
  constexpr std::size_t kSums = 8;
  std::array<float, kSums> sums{};
  std::size_t i = 0;
  for (; i + kSums <= a.size(); i += kSums) {
    for (std::size_t j = 0; j < kSums; ++j) sums[j] += a[i + j] * b[i + j];
  }
  float sum = std::accumulate(sums.begin(), sums.end(), 0.0F);
  for (; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

void add_scaled(TopicPlace& sum, const TopicPlace& place, float factor) {
  if (sum.empty()) sum.resize(place.size(), 0);
  if (sum.size() != place.size()) return;
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += factor * place[i];
}

void normalise(TopicPlace& place) {
  const float square = dot(place, place);
  if (square <= 0) return place.clear();
  for (float& value : place) value /= std::sqrt(square);
}

std::string encode_topics(const TopicVector& topics) {
  std::string out;
  append_varint(out, topics.place.size());
  append_place(out, topics.place, largest_of(topics.place));
  for (const TopicVector::Word& word : topics.words) {
    append_little_endian(out, word.stem, 2);
    out +=
        static_cast<char>(static_cast<unsigned char>(std::lround(std::clamp(word.weight, 0.0F, 1.0F) * 255)));
  }
  return out;
}

TopicVector decode_topics(std::string_view bytes) {
  constexpr std::size_t kWordBytes = 3;
  TopicVector topics;
  std::uint64_t dimensions = 0;
  if (!take_varint(bytes, dimensions) || dimensions > bytes.size()) return {};
  topics.place = read_place(bytes.substr(0, dimensions), 1);
  normalise(topics.place);
  for (bytes.remove_prefix(dimensions); bytes.size() >= kWordBytes; bytes.remove_prefix(kWordBytes)) {
    topics.words.push_back({.stem = static_cast<std::uint16_t>(read_little_endian(bytes.substr(0, 2))),
                            .weight = static_cast<float>(static_cast<unsigned char>(bytes[2]))});
  }
  float square = 0;
  for (const TopicVector::Word& word : topics.words) square += word.weight * word.weight;
  for (TopicVector::Word& word : topics.words) word.weight /= std::sqrt(square);
  return topics;
}

std::string topic_stem_key(std::string_view stem) {
  return "topics/" + std::string(stem);
}

std::string encode_topic_stem(const TopicStem& stem) {
  std::string out;
  const float largest = largest_of(stem.place);
  append_float(out, stem.rarity);
  append_float(out, largest);
  append_place(out, stem.place, largest);
  return out;
}

TopicStem decode_topic_stem(std::string_view bytes) {
  constexpr std::size_t kFloat = 4;
  if (bytes.size() < 2 * kFloat) return {};
  const float rarity = read_float(bytes.substr(0, kFloat));
  const float largest = read_float(bytes.substr(kFloat, kFloat));
  if (!std::isfinite(rarity) || !std::isfinite(largest)) return {};
  return {.rarity = rarity, .place = read_place(bytes.substr(2 * kFloat), largest)};
}

const std::string& TopicWords::stem(const std::string& word) {
  if (const auto known = known_.find(word); known != known_.end()) return known->second;
  if (known_.size() >= kMostKnown) known_.clear();
  std::string stem;
  if (tells(word)) {
    stem = stemmer_.key(word);
    if (stem.empty()) stem = word;
  }
  return known_.emplace(word, std::move(stem)).first->second;
}

const TopicStem* StoredTopicStems::find(const std::string& stem,
                                        const std::function<std::string(const std::string&)>& read) {
  auto known = known_.find(stem);
  if (known == known_.end()) {
    if (known_.size() >= kMostStored) known_.clear();
    known = known_.emplace(stem, decode_topic_stem(read(topic_stem_key(stem)))).first;
  }
  return known->second.rarity > 0 ? &known->second : nullptr;
}

std::vector<Weighed<std::string>> weigh_stems(const std::unordered_map<std::string, double>& occurrences,
                                              const FindTopicStem& find) {
  std::vector<Weighed<std::string>> out;
  for (const auto& [stem, times] : occurrences) {
    if (const TopicStem* const known = find(stem)) out.push_back({stem, weight_of(times, known->rarity)});
  }
  keep_heaviest(out);
  return out;
}

TopicPlace place_of(std::span<const Weighed<std::string>> stems, const FindTopicStem& find) {
  TopicPlace place;
  for (const auto& one : stems) {
    if (const TopicStem* const stem = find(one.stem)) add_scaled(place, stem->place, one.weight);
  }
  normalise(place);
  return place;
}

void add_word(TopicVector& topics, std::string_view stem, float weight) {
  if (topics.words.size() < kMostWords) topics.words.push_back({.stem = short_hash(stem), .weight = weight});
}

TopicVector topics_of(const std::unordered_map<std::string, double>& occurrences, const FindTopicStem& find) {
  const auto stems = weigh_stems(occurrences, find);
  TopicVector topics{.place = place_of(stems, find), .words = {}};
  for (const auto& one : stems) add_word(topics, one.stem, one.weight);
  return topics;
}

}  // namespace carrel::schema
