#include "search/topic_ranking.h"

#include <string>
#include <vector>

#include <xapian.h>

#include "search/scored_words.h"
#include "search/topic_reader.h"
#include "tests/catch.h"
#include "tests/search/library.h"

namespace carrel::search {
namespace {

using schema::TopicPlace;
using schema::TopicVector;
using tests::ask;
using tests::Entries;
using tests::ids;
using tests::Library;

TopicVector about(TopicPlace place, std::vector<TopicVector::Word> words = {}) {
  schema::normalise(place);
  return {.place = std::move(place), .words = std::move(words)};
}

const std::vector<TopicVector> kTwoAlike = {about({1, 0.1F}), about({1, 0}), about({0, 1})};

TEST_CASE("What is about the same as the best rises more than what is not, and nothing falls") {
  const std::vector<double> before{10, 1, 2};
  std::vector<double> scores = before;
  follow_topics({}, kTwoAlike, {.feedback_from = 1}, scores);
  CHECK(scores[1] > scores[2]);
  CHECK(scores[0] > scores[1]);
  for (std::size_t i = 0; i < scores.size(); ++i) CHECK(scores[i] >= before[i]);
}

TEST_CASE("What is about the same as the question rises") {
  std::vector<double> scores{2, 2, 2};
  follow_topics({0, 1}, kTwoAlike, {.feedback = 0, .smoothing = 0}, scores);
  CHECK(scores[1] == Approx(2));
  CHECK(scores[2] == Approx(2 + 2 * Ranking{}.latent));
  CHECK(scores[0] > scores[1]);
  CHECK(scores[0] < scores[2]);
}

TEST_CASE("A resource rises toward the score of its neighbours, by topics and by words") {
  const Ranking smoothing_alone{.latent = 0, .feedback = 0, .neighbours = 1};
  std::vector<double> by_topic{10, 1, 1};
  follow_topics({}, std::vector{about({1, 0}), about({1, 0}), about({0, 1})}, smoothing_alone, by_topic);
  CHECK(by_topic == std::vector<double>{10, 1 + 9 * Ranking{}.smoothing, 1});
  const std::vector<TopicVector> words = {about({}, {{7, 1}}), about({}, {{8, 1}}), about({}, {{7, 1}})};
  std::vector<double> by_word{10, 1, 1};
  follow_topics({}, words, smoothing_alone, by_word);
  CHECK(by_word == std::vector<double>{10, 1, 1 + 9 * Ranking{}.smoothing});
}

TEST_CASE("Scores stay as they are without weights, without topics and without a score") {
  std::vector<double> scores{3, 2, 1};
  follow_topics({1, 0}, kTwoAlike, {.latent = 0, .feedback = 0, .smoothing = 0}, scores);
  CHECK(scores == std::vector<double>{3, 2, 1});
  follow_topics({1, 0}, std::vector<TopicVector>(3), {}, scores);
  CHECK(scores == std::vector<double>{3, 2, 1});
  std::vector<double> nothing{0, 0, 0};
  follow_topics({1, 0}, kTwoAlike, {}, nothing);
  CHECK(nothing == std::vector<double>{0, 0, 0});
}

/// Cars under two names, boats, and two resources that answer a question in the same words: one about cars,
/// one about boats.
Entries cars_and_boats() {
  Entries entries;
  for (int i = 0; i < 40; ++i) {
    const std::string id = std::to_string(i);
    entries.push_back({.id = "car" + id, .title = "", .pages = {"car engine wheel road"}});
    entries.push_back({.id = "auto" + id, .title = "", .pages = {"automobile engine wheel road"}});
    entries.push_back({.id = "boat" + id, .title = "", .pages = {"boat sail mast harbor"}});
  }
  entries.push_back({.id = "boats", .title = "", .pages = {"typical repair costs boat"}});
  entries.push_back({.id = "autos", .title = "", .pages = {"typical repair costs automobile"}});
  return entries;
}

struct CarsAndBoats : Library {
  CarsAndBoats() : Library(cars_and_boats()) { find_topics(); }
};

const std::string kQuestion = "typical repair costs car";

TEST_CASE(
    "Of two resources that have as many words of a question the one comes first that is about its subject") {
  const CarsAndBoats library;
  auto searcher = library.open();
  CHECK(ids(ask(searcher, kQuestion)).at(0) == "autos");
  searcher.rank_by({.latent = 0, .feedback = 0, .smoothing = 0});
  CHECK(ids(ask(searcher, kQuestion)).at(0) == "boats");
}

TEST_CASE("What comes in with an update is placed among the topics that are known") {
  CarsAndBoats library;
  library.commit({{.id = "new", .title = "", .pages = {"automobiles with an engine"}}});
  const Xapian::Database database(library.path() + "/current");
  const Xapian::docid number = *database.postlist_begin("Qnew");
  const Xapian::docid others[] = {*database.postlist_begin("Qboats"), number,
                                  *database.postlist_begin("Qcar0")};
  const auto topics = TopicReader::read(database, others);
  CHECK_FALSE(topics[1].words.empty());
  const float to_boats = schema::dot(topics[1].place, topics[0].place);
  const float to_cars = schema::dot(topics[1].place, topics[2].place);
  CHECK(to_cars > 0.1F);
  CHECK(to_cars > to_boats + 0.1F);
}

TEST_CASE(
    "A query lies where its words lie, in whatever form, and other words of the thesaurus do not move it") {
  const CarsAndBoats library;
  const Xapian::Database database(library.path() + "/current");
  TopicReader reader;
  const std::vector<ScoredWord> cars{{.slots = {{"automobiles"}}}};
  const std::vector<ScoredWord> also{{.slots = {{"automobile"}}}, {.slots = {{"boat"}}, .other = true}};
  const TopicPlace place = reader.place_of(database, cars);
  REQUIRE_FALSE(place.empty());
  CHECK(reader.place_of(database, also) == place);
  CHECK(reader.place_of(database, std::vector<ScoredWord>{{.slots = {{"unheard"}}}}).empty());
}

TEST_CASE("An index without topics is searched as it is") {
  const Library library(Entries{{.id = "a", .title = "", .pages = {"typical repair costs car"}}});
  auto searcher = library.open();
  CHECK(ids(ask(searcher, kQuestion)) == std::vector<std::string>{"a"});
  const Xapian::docid documents[] = {1};
  CHECK(TopicReader::read(Xapian::Database(library.path() + "/current"), documents).at(0).place.empty());
}

}  // namespace
}  // namespace carrel::search
