#include "search/page_ranker.h"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <xapian.h>

#include "search/ine_b2.h"
#include "search/page_counts.h"
#include "search/unit_statistics.h"
#include "tests/catch.h"
#include "tests/search/library.h"

namespace carrel::search {
namespace {

using tests::ask;
using tests::codes;
using tests::Entries;
using tests::Entry;
using tests::ids;
using tests::Library;
using Ids = std::vector<std::string>;

/// `count` words that no query here asks for.
std::string filler(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "filler" + std::to_string(i % 97) + " ";
  return text;
}

/// Pages of 150 other words; `with` is put on the page of its place, from 0.
Entry report(std::string id, std::size_t pages,
             const std::vector<std::pair<std::size_t, std::string>>& with) {
  Entry entry{.id = std::move(id), .title = "", .pages = std::vector<std::string>(pages, filler(150))};
  for (const auto& [page, words] : with) entry.pages[page] += words;
  return entry;
}

TEST_CASE("IneB2 gives the scores of Xapian's IneB2Weight") {
  Xapian::WritableDatabase database("", Xapian::DB_BACKEND_INMEMORY);
  for (const unsigned times : {1U, 3U, 0U, 7U}) {
    Xapian::Document document;
    document.add_term("other", 20);
    if (times > 0) document.add_term("goat", times);
    database.add_document(document);
  }
  // Among many texts: of very few Xapian expects the spread in another way.
  for (int i = 0; i < 5000; ++i) {
    Xapian::Document document;
    document.add_term("other", 20);
    database.add_document(document);
  }
  Xapian::Enquire enquire(database);
  enquire.set_query(Xapian::Query("goat"));
  enquire.set_weighting_scheme(Xapian::IneB2Weight(0.75));
  const IneB2 model({.frequency = 11, .units_with = 3, .units = 5004});
  const Xapian::MSet found = enquire.get_mset(0, 10);
  REQUIRE(found.size() == 3);
  for (auto it = found.begin(); it != found.end(); ++it) {
    auto posting = database.postlist_begin("goat");
    posting.skip_to(*it);
    const double times = posting.get_wdf();
    const double normal = length_normal(0.75, database.get_avlength(), database.get_doclength(*it));
    CHECK(std::abs(model.score(times * normal) - it.get_weight()) < 1e-3 * it.get_weight());
  }
}

TEST_CASE("A collection is measured in pages of long resources and whole short ones") {
  const Library library(
      Entries{report("long", 10, {}), {.id = "short", .title = "", .pages = {"a b", "c d"}}});
  const Xapian::Database database(library.path() + "/current");
  const UnitStatistics units = UnitStatistics::load(database, 1000);
  CHECK(units.units == 11);
  CHECK(std::abs(units.mean_length - static_cast<double>(database.get_total_length()) / 11) < 1e-9);
}

TEST_CASE("Words are counted on the pages where they stand") {
  const Library library(Entries{report("a", 9, {{2, "goat goats dairy"}, {8, "goat"}})});
  const Xapian::Database database(library.path() + "/current");
  const std::vector<Target> targets = {{.slots = {{"goat", "goats"}}}, {.slots = {{"goats"}, {"dairy"}}}};
  FamilySizes sizes;
  TermFrequencies frequencies;
  const auto words = scored_words(database, targets, sizes, frequencies);
  const Xapian::docid documents[] = {1};
  PositionMemory memory;
  PositionReader positions(database, memory);
  const auto counts = CountReader(database, positions, words, 1000).read(documents);
  REQUIRE(counts.size() == 1);
  REQUIRE(counts[0].divided);
  CHECK(counts[0].whole == std::vector<float>{3, 1});
  REQUIRE(counts[0].pages.size() == 2);
  CHECK(counts[0].pages[0].page == 3);
  CHECK(counts[0].pages[0].length == 153);
  CHECK(std::ranges::equal(counts[0].counts_on(counts[0].pages[0]), std::vector<float>{2, 1}));
  CHECK(counts[0].pages[1].page == 9);
  CHECK(counts[0].pages[1].length == 151);  // the last page ends where the text ends
  CHECK(std::ranges::equal(counts[0].counts_on(counts[0].pages[1]), std::vector<float>{1, 0}));
  CHECK(words[0].frequency == 3);
  CHECK(words[0].documents == 1);
}

TEST_CASE("A word that a question repeats counts as often") {
  const Library library(Entries{{.id = "goats", .title = "", .pages = {"goat and " + filler(30)}},
                                {.id = "cheese", .title = "", .pages = {"cheese and " + filler(30)}}});
  auto searcher = library.open();
  CHECK(ids(ask(searcher, "goat milk, goat wool or cheese of a goat")).front() == "goats");
  CHECK(ids(ask(searcher, "cheese dairy, cheese market or a goat for cheese")).front() == "cheese");
}

TEST_CASE("A report with one page on the matter comes before one that scatters the words") {
  const Library library(
      Entries{report("scattered", 12, {{1, "goat"}, {4, "dairy"}, {7, "goat"}, {10, "dairy"}}),
              report("together", 12, {{5, "goat dairy goat dairy"}}), report("other", 12, {})});
  auto searcher = library.open();
  CHECK(ids(ask(searcher, "goat dairy")) == Ids{"together", "scattered"});
}

TEST_CASE("Resources with all words come before those with most of them") {
  const Library library(Entries{{.id = "all", .title = "", .pages = {"goat dairy cheese and " + filler(400)}},
                                {.id = "most", .title = "", .pages = {"goat dairy goat dairy goat dairy"}},
                                {.id = "one", .title = "", .pages = {"cheese"}}});
  auto searcher = library.open();
  const Answer answer = ask(searcher, "goat dairy cheese");
  CHECK(ids(answer) == Ids{"all", "most"});
  CHECK(answer.hits[0].score > answer.hits[1].score);
}

TEST_CASE("A long question lists what has some of its words and says so") {
  const Library library(
      Entries{{.id = "answer", .title = "", .pages = {"goats give milk for cheese in winter"}},
              {.id = "part", .title = "", .pages = {"cheese in the cellar"}},
              {.id = "none", .title = "", .pages = {"bread"}}});
  auto searcher = library.open();
  const Answer all = ask(searcher, "how do goats give milk for cheese in winter");
  CHECK(ids(all) == Ids{"answer", "part"});
  CHECK(codes(all.query.notices) == Ids{"question"});
  CHECK(all.total == 2);
  CHECK(codes(ask(searcher, "do goats give unheard milk for cheese in winter").query.notices) ==
        Ids{"relaxed"});
}

TEST_CASE("Scores never rise down the list, also beyond those that were ranked by pages") {
  Entries entries;
  for (int i = 0; i < 130; ++i) {
    entries.push_back({.id = "r" + std::to_string(i),
                       .title = "",
                       .pages = {filler(static_cast<std::size_t>(10 + (i * 37) % 90)) + "goat"}});
  }
  const Library library(entries);
  auto searcher = library.open();
  const Answer answer = ask(searcher, Request{.q = "goat", .limit = 130});
  REQUIRE(answer.hits.size() == 130);
  for (std::size_t i = 1; i < answer.hits.size(); ++i)
    CHECK(answer.hits[i].score <= answer.hits[i - 1].score);
}

TEST_CASE("Every page of a list shows the same order as the whole list") {
  Entries entries;
  for (int i = 0; i < 30; ++i) {
    entries.push_back({.id = "r" + std::to_string(i),
                       .title = "",
                       .pages = {filler(static_cast<std::size_t>(20 + i)) + "goat"}});
  }
  const Library library(entries);
  auto searcher = library.open();
  const Ids whole = ids(ask(searcher, Request{.q = "goat", .limit = 30}));
  Ids parts;
  for (std::size_t offset = 0; offset < 30; offset += 7) {
    for (std::string& id : ids(ask(searcher, Request{.q = "goat", .offset = offset, .limit = 7})))
      parts.push_back(std::move(id));
  }
  CHECK(parts == whole);
}

}  // namespace
}  // namespace carrel::search
