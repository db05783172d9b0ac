#include "search/schema/topics.h"

#include <random>

#include "tests/catch.h"

namespace carrel::schema {
namespace {

using Occurrences = std::unordered_map<std::string, double>;

TEST_CASE("Words of one family have one stem, and what tells nothing has none") {
  TopicWords words;
  const std::string apple = words.stem("apple");
  CHECK_FALSE(apple.empty());
  CHECK(words.stem("apples") == apple);
  CHECK(words.stem("pear") != apple);
  for (const char* word : {"the", "para", "2024", "42nd", "ox", ""}) {
    INFO(word);
    CHECK(words.stem(word).empty());
  }
  CHECK(words.stem(std::string(200, 'x')).empty());
}

TEST_CASE("The cosine of places is that of vectors, and nothing is near to nowhere") {
  TopicPlace a(19, 1), b(19, 0);
  b[18] = 3;
  CHECK(dot(a, b) == Approx(3));
  normalise(a);
  normalise(b);
  CHECK(dot(a, a) == Approx(1));
  CHECK(dot(a, b) == Approx(1 / std::sqrt(19.0)));
  CHECK(dot(a, {}) == 0);
  CHECK(dot(a, TopicPlace(3, 1)) == 0);
  TopicPlace zero(5, 0);
  normalise(zero);
  CHECK(zero.empty());
}

TEST_CASE("A sum takes the size of what comes first and passes over what has another") {
  TopicPlace sum;
  add_scaled(sum, {1, 2}, 2);
  add_scaled(sum, {1, 1, 1}, 5);
  add_scaled(sum, {0, 1}, 1);
  CHECK(sum == TopicPlace{2, 5});
}

TEST_CASE("What a resource is about comes back from bytes, a hundredth of the largest off at most") {
  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  TopicVector topics;
  for (std::size_t i = 0; i < kTopicDimensions; ++i) topics.place.push_back(normal(random));
  normalise(topics.place);
  add_word(topics, "en:one", 0.8F);
  add_word(topics, "en:two", 0.6F);
  const std::string bytes = encode_topics(topics);
  CHECK(bytes.size() < 150);
  const TopicVector read = decode_topics(bytes);
  CHECK(dot(read.place, topics.place) > 0.999F);
  REQUIRE(read.words.size() == 2);
  CHECK(read.words[0].stem == topics.words[0].stem);
  CHECK(read.words[0].stem != read.words[1].stem);
  CHECK(read.words[0].weight == Approx(0.8).margin(0.01));
  CHECK(read.words[1].weight == Approx(0.6).margin(0.01));
}

TEST_CASE("Where a stem lies comes back from bytes") {
  const TopicStem stem{.rarity = 3.25, .place = {0.5, -0.25, 0}};
  const TopicStem read = decode_topic_stem(encode_topic_stem(stem));
  CHECK(read.rarity == 3.25);
  REQUIRE(read.place.size() == 3);
  CHECK(read.place[0] == Approx(0.5));
  CHECK(read.place[1] == Approx(-0.25).margin(0.005));
  CHECK(read.place[2] == 0);
}

TEST_CASE("Malformed bytes are about nothing") {
  for (const std::string& bytes :
       {std::string(), std::string("\xff"), std::string("\x7f") + "abc", std::string(9, '\xff')}) {
    CHECK(decode_topics(bytes).place.empty());
    CHECK(decode_topics(bytes).words.empty());
  }
  CHECK(decode_topic_stem("short").rarity == 0);
  CHECK(decode_topic_stem(std::string(4, '\xff') + std::string(8, '\0')).rarity == 0);  // not a number
}

TEST_CASE("Of many stems the heaviest are kept, as a unit vector and by name where they weigh the same") {
  std::vector<Weighed<std::string>> stems;
  for (int i = 0; i < 1000; ++i) stems.push_back({"s" + std::to_string(i), 1});
  stems.push_back({"heavy", 2});
  keep_heaviest(stems);
  REQUIRE(stems.size() == kMostStems);
  CHECK(stems[0].stem == "heavy");
  CHECK(stems[1].stem == "s0");
  CHECK(stems[2].stem == "s1");
  CHECK(stems[3].stem == "s10");
  float square = 0;
  for (const auto& one : stems) square += one.weight * one.weight;
  CHECK(square == Approx(1));
}

TEST_CASE(
    "A resource lies where its stems lie, the rarer and more frequent more, and unknown ones are passed "
    "over") {
  const TopicStem rare{.rarity = 4, .place = {1, 0}}, common{.rarity = 0.5, .place = {0, 1}};
  const FindTopicStem find = [&](const std::string& stem) -> const TopicStem* {
    return stem == "rare" ? &rare : stem == "common" ? &common : nullptr;
  };
  const TopicVector topics = topics_of(Occurrences{{"rare", 1}, {"common", 1}, {"unknown", 9}}, find);
  REQUIRE(topics.place.size() == 2);
  CHECK(topics.place[0] > topics.place[1]);
  CHECK(topics.place[1] > 0);
  CHECK(dot(topics.place, topics.place) == Approx(1));
  CHECK(topics.words.size() == 2);
  CHECK(topics_of(Occurrences{{"unknown", 9}}, find).place.empty());
}

TEST_CASE("A stem is read once a revision") {
  int reads = 0;
  const auto read = [&](const std::string& key) {
    ++reads;
    return key == topic_stem_key("known") ? encode_topic_stem({.rarity = 2, .place = {1}}) : std::string();
  };
  StoredTopicStems stems;
  for (int i = 0; i < 2; ++i) {
    REQUIRE(stems.find("known", read) != nullptr);
    CHECK(stems.find("known", read)->rarity == 2);
    CHECK(stems.find("unknown", read) == nullptr);
  }
  CHECK(reads == 2);
  stems.forget();
  CHECK(stems.find("unknown", read) == nullptr);
  CHECK(reads == 3);
}

}  // namespace
}  // namespace carrel::schema
