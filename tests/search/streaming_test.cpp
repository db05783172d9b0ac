// Hits and occurrences that are given away one by one.
#include <algorithm>

#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel;
using namespace carrel::search;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

const Library& shelves() {
  static const Library one([] {
    Entries many;
    for (int i = 0; i < 120; ++i) {
      many.push_back({.id = "r" + std::to_string(i),
                      .title = i % 2 == 0 ? "Even" : "Odd",
                      .pages = {"A page on shelter.", "Shelter again, and shelter."},
                      .fields = {{FieldId::date, std::to_string(2000 + i % 7)}}});
    }
    return many;
  }());
  return one;
}

std::vector<std::string> streamed(Searcher& searcher, const Request& request) {
  std::vector<std::string> ids;
  const auto answer = searcher.stream(request, [&](Hit&& hit) {
    ids.push_back(hit.resource.id);
    return true;
  });
  REQUIRE(answer);
  CHECK(answer->hits.empty());
  return ids;
}

std::vector<Occurrence> occurrences(Searcher& searcher, const std::string& q, std::size_t context = 20) {
  std::vector<Occurrence> all;
  const auto answer =
      searcher.concordance({.q = q, .limit = 1000}, context, [&](const Resource&, const Occurrence& one) {
        all.push_back(one);
        return true;
      });
  REQUIRE(answer);
  return all;
}

}  // namespace

TEST_CASE("A stream has the hits of all pages of results, each once and in their order, in every order") {
  Searcher searcher = shelves().open();
  for (const Sort sort : {Sort::relevance, Sort::date_descending, Sort::title, Sort::added_ascending}) {
    Request request{.q = "shelter", .sort = sort, .limit = 1000};
    const auto all = streamed(searcher, request);
    CHECK(all.size() == 120);
    std::vector<std::string> paged;
    for (request.limit = 50; request.offset < 120; request.offset += request.limit) {
      for (const std::string& id : ids(ask(searcher, request))) paged.push_back(id);
    }
    CHECK(all == paged);
  }
}

TEST_CASE("A stream ends when no more is wanted, and its total is of all") {
  Searcher searcher = shelves().open();
  int seen = 0;
  const auto answer = searcher.stream({.q = "shelter", .limit = 1000}, [&](Hit&&) { return ++seen < 3; });
  REQUIRE(answer);
  CHECK(seen == 3);
  CHECK(answer->total == 120);
  CHECK(answer->total_exact);
}

TEST_CASE("A concordance has every occurrence with its page, as it stands there") {
  Searcher searcher = shelves().open();
  const auto all = occurrences(searcher, "shelter id:r7");
  REQUIRE(all.size() == 3);
  CHECK(all[0].page == 1);
  CHECK(all[1].page == 2);
  CHECK(all[1].word == "Shelter");
  CHECK(all[1].left == "A page on shelter. ");
  CHECK(all[1].right == " again, and shelter.");
  CHECK(all[2].left.ends_with("again, and "));
  CHECK(all[2].url == "#page=2");
  CHECK(occurrences(searcher, "shelter").size() == 360);
}

TEST_CASE("Context is counted in characters, not bytes, and is on one line") {
  const Library library(
      Entries{{.id = "x", .title = "x", .pages = {"ñañaña\nel   refugio éxíto\tfin"}, .language = "es"}});
  Searcher searcher = library.open();
  const auto all = occurrences(searcher, "refugio", 9);
  REQUIRE(all.size() == 1);
  CHECK(all[0].left == "aña el ");
  CHECK(all[0].right == " éxíto fi");
}

TEST_CASE("What excludes or filters is no occurrence, and neither title nor abstract is a page") {
  Searcher searcher = shelves().open();
  CHECK(occurrences(searcher, "even title:even -odd year:2000").empty());
}

TEST_CASE("An answer says which collection and which thesaurus it was made of") {
  const Library library(Entries{{.id = "x", .title = "x", .pages = {"x"}}}, R"(
    title = "Few words"
    version = "2026-11"
    [concept.housing]
    label = { en = "housing" }
  )");
  Searcher searcher = library.open();
  const Answer answer = ask(searcher, "x");
  CHECK(answer.collection.size() == 32);
  CHECK(answer.thesaurus.starts_with("2026-11+"));
  CHECK(answer.thesaurus.size() == 16);
  Searcher without = shelves().open();
  CHECK(ask(without, "shelter").thesaurus.empty());
}
