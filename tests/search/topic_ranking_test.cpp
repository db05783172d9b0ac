#include "search/topic_ranking.h"

#include <string>
#include <vector>

#include <xapian.h>

#include "search/query_builder.h"
#include "search/scored_words.h"
#include "tests/catch.h"
#include "tests/search/library.h"

namespace carrel::search {
namespace {

using tests::Entries;
using tests::Library;

/// Two about orchards in words of one family each, one about ships, others so that no word is everywhere.
Entries orchards_and_ships() {
  Entries entries{
      {.id = "orchard", .title = "", .pages = {"apples and pears from an orchard harvested late"}},
      {.id = "orchards", .title = "", .pages = {"apple and pear orchards at harvest"}},
      {.id = "ship", .title = "", .pages = {"masts and sails of a vessel in harbor"}},
      {.id = "ships", .title = "", .pages = {"mast sail vessels harbor"}}};
  for (int i = 0; i < 6; ++i) {
    entries.push_back({.id = "o" + std::to_string(i), .title = "", .pages = {"bread from an oven"}});
  }
  return entries;
}

TEST_CASE("Resources that share their words, in whatever form, are close to each other") {
  const Library library(orchards_and_ships());
  const Xapian::Database database(library.path() + "/current");
  WordRarities rarities;
  const Xapian::docid documents[] = {1, 2, 3};
  const TopicVectors topics(database, documents, rarities);
  const auto cosines = topics.cosines();
  REQUIRE(cosines.size() == 9);
  CHECK(cosines[0] == Approx(1));
  CHECK(cosines[1] > 0.8);
  CHECK(cosines[1] == cosines[3]);
  CHECK(cosines[2] == 0);
}

TEST_CASE("The nearest to the best is the one that is about the same") {
  const Library library(orchards_and_ships());
  const Xapian::Database database(library.path() + "/current");
  WordRarities rarities;
  const Xapian::docid documents[] = {1, 2, 3};
  const TopicVectors topics(database, documents, rarities);
  const std::uint32_t best[] = {0};
  const double weights[] = {2};
  const auto cosines = topics.cosines_with(best, weights);
  CHECK(cosines[0] == Approx(1));
  CHECK(cosines[1] > 0.8);
  CHECK(cosines[2] == 0);
}

TEST_CASE("Vectors are the same to the last bit whatever was looked at before") {
  const Library library(orchards_and_ships());
  const Xapian::Database database(library.path() + "/current");
  WordRarities fresh, used;
  const Xapian::docid others[] = {9, 4, 3};
  const TopicVectors before(database, others, used);
  const Xapian::docid documents[] = {1, 2, 3, 4};
  const TopicVectors first(database, documents, fresh), second(database, documents, used);
  CHECK(first.cosines() == second.cosines());
  const std::uint32_t best[] = {1, 0, 3};
  const double weights[] = {1, 0.7, 0.3};
  CHECK(first.cosines_with(best, weights) == second.cosines_with(best, weights));
}

TEST_CASE("What is about the same as the best rises, and nothing falls") {
  const Library library(orchards_and_ships());
  const Xapian::Database database(library.path() + "/current");
  WordRarities rarities;
  const Xapian::docid documents[] = {1, 2, 3, 5};
  const std::vector<double> before{10, 1, 2, 1};
  std::vector<double> scores = before;
  follow_topics(database, documents, {.feedback_from = 1}, rarities, scores);
  CHECK(scores[1] > scores[2]);
  for (std::size_t i = 0; i < scores.size(); ++i) CHECK(scores[i] >= before[i]);
  CHECK(scores[0] > scores[1]);
}

TEST_CASE("Without feedback and smoothing scores stay as they are") {
  const Library library(orchards_and_ships());
  const Xapian::Database database(library.path() + "/current");
  WordRarities rarities;
  const Xapian::docid documents[] = {1, 2};
  std::vector<double> scores{3, 2};
  follow_topics(database, documents, {.feedback = 0, .smoothing = 0}, rarities, scores);
  CHECK(scores == std::vector<double>{3, 2});
}

TEST_CASE("A resource without words of its own is near to nothing") {
  const Library library(
      Entries{{.id = "a", .title = "", .pages = {"1 2 3"}}, {.id = "b", .title = "", .pages = {"the"}}});
  const Xapian::Database database(library.path() + "/current");
  WordRarities rarities;
  const Xapian::docid documents[] = {1, 2};
  std::vector<double> scores{3, 2};
  follow_topics(database, documents, {}, rarities, scores);
  CHECK(scores == std::vector<double>{3, 2});
}

}  // namespace
}  // namespace carrel::search
