// The right page of the right resource.
#include "search/passage_finder.h"
#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel::search;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

const Library& report() {
  static const Library library(Entries{
      {.id = "report",
       .title = "Annual findings",
       .pages = {"The opening page ends with alpha",
                 "beta begins the second page. A phrase in the middle stands here.", "",
                 "Fourth page after an empty one: gamma and delta",
                 "Niños y víctimas — señales de trata. The last word is omega"},
       .fields = {{FieldId::url, "https://x.example/report.pdf"},
                  {FieldId::description, "An abstract that speaks of epsilon only"}}},
      {.id = "plain",
       .title = "Findings without abstract",
       .pages = {"Its first page says little.", "Second."}},
  });
  return library;
}

std::vector<std::uint32_t> pages(const std::string& query, const std::string& id = "report",
                                 std::size_t limit = 3) {
  Searcher searcher = report().open();
  const Answer answer = ask(searcher, Request{.q = query, .passages = limit});
  std::vector<std::uint32_t> numbers;
  for (const Hit& hit : answer.hits) {
    if (hit.resource.id != id) continue;
    for (const Passage& passage : hit.passages) numbers.push_back(passage.page);
  }
  return numbers;
}

using Pages = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("A position belongs to the page whose break is the last at or before it") {
  const std::vector<Xapian::termpos> breaks = {10, 20, 21};
  CHECK(page_of(breaks, 9) == 0);
  CHECK(page_of(breaks, 10) == 1);
  CHECK(page_of(breaks, 19) == 1);
  CHECK(page_of(breaks, 20) == 2);
  CHECK(page_of(breaks, 21) == 3);
  CHECK(page_of(breaks, 1000) == 3);
  CHECK(page_of({}, 5) == 0);
}

TEST_CASE("Words at the edges of pages are found on their own page") {
  CHECK(pages("alpha") == Pages{1});
  CHECK(pages("beta") == Pages{2});
  CHECK(pages("gamma") == Pages{4});
  CHECK(pages("omega") == Pages{5});
}

TEST_CASE("A phrase is found in the middle of a page and over the end of a page") {
  CHECK(pages("\"phrase in the middle\"") == Pages{2});
  CHECK(pages("\"alpha beta\"") == Pages{1});
  CHECK(pages("\"middle phrase\"").empty());
}

TEST_CASE("The page that shows most of the query comes first, and never more pages than asked") {
  CHECK(pages("page middle") == Pages{2, 1, 4});
  CHECK(pages("page middle", "report", 1) == Pages{2});
  CHECK(pages("page middle", "report", 0).empty());
}

TEST_CASE("A page with the words in a heading is shown before pages that mention them") {
  const std::string paragraph =
      "It is asked for on a form that has twelve questions and costs nothing at all.";
  const Library library(
      Entries{{.id = "guide",
               .title = "",
               .pages = {"The farm visa and the boat visa are explained in what follows below.",
                         "Boat visa\n" + paragraph, "A farm visa is better than any boat visa here."}}});
  Searcher searcher = library.open();
  const Answer answer = ask(searcher, "boat visa");
  REQUIRE(answer.hits.size() == 1);
  REQUIRE(answer.hits[0].passages.size() == 3);
  CHECK(answer.hits[0].passages[0].page == 2);
}

TEST_CASE("A word on every page of a resource, though rare elsewhere, does not choose the page") {
  const Library library(Entries{
      {.id = "toolkit",
       .title = "",
       .pages = {"Housing is near.", "Housing once more.", "Here the budget stands alone.",
                 "Housing, again."}},
      {.id = "plan", .title = "", .pages = {"A budget."}},
      {.id = "grant", .title = "", .pages = {"The budget of a grant."}},
  });
  Searcher searcher = library.open();
  const Answer answer = ask(searcher, "housing budget");
  REQUIRE(answer.hits.size() == 1);
  REQUIRE_FALSE(answer.hits[0].passages.empty());
  CHECK(answer.hits[0].passages[0].page == 3);
}

TEST_CASE("A passage has the label, the deep link and marks that fit its text") {
  Searcher searcher = report().open();
  const Answer answer = ask(searcher, "ninos victimas");
  REQUIRE(answer.hits.size() == 1);
  REQUIRE(answer.hits[0].passages.size() == 1);
  const Passage& passage = answer.hits[0].passages[0];
  CHECK(passage.page == 5);
  CHECK(passage.label == "L5");
  CHECK(passage.url == "https://x.example/report.pdf#page=5");
  REQUIRE(passage.marks.size() == 2);
  CHECK(marked(passage, 0) == "Niños");
  CHECK(marked(passage, 1) == "víctimas");
}

TEST_CASE("What only title or abstract say shows the abstract, else the beginning of the first page") {
  Searcher searcher = report().open();
  const Answer by_abstract = ask(searcher, "epsilon");
  REQUIRE(by_abstract.hits.size() == 1);
  REQUIRE(by_abstract.hits[0].passages.size() == 1);
  CHECK(by_abstract.hits[0].passages[0].page == 0);
  CHECK(by_abstract.hits[0].passages[0].url == "https://x.example/report.pdf");
  CHECK(marked(by_abstract.hits[0].passages[0], 0) == "epsilon");

  const Answer by_title = ask(searcher, "\"findings without abstract\"");
  REQUIRE(by_title.hits.size() == 1);
  REQUIRE(by_title.hits[0].passages.size() == 1);
  CHECK(by_title.hits[0].passages[0].page == 1);
  CHECK(by_title.hits[0].passages[0].text == "Its first page says little.");
  CHECK(by_title.hits[0].passages[0].marks.empty());
}

TEST_CASE("Browsing and filtering show no passages") {
  Searcher searcher = report().open();
  for (const char* query : {"", "*", "id:report"}) {
    const Answer answer = ask(searcher, query);
    REQUIRE_FALSE(answer.hits.empty());
    CHECK(answer.hits[0].passages.empty());
  }
}

TEST_CASE("The explanation says what was found where") {
  Searcher searcher = report().open();
  const Answer answer = ask(searcher, Request{.q = "page epsilon", .explain = true});
  REQUIRE(answer.hits.size() == 1);
  CHECK(answer.hits[0].explanation.starts_with(
      "“page” 3 times (pages 1–2, 4); “epsilon” once (title or abstract). Score "));
}
