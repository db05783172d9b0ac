#include "search/cli/text_report.h"

#include "tests/catch.h"

using namespace carrel::search;
using namespace carrel::search::cli;

TEST_CASE("Text of documents cannot steer the terminal") {
  CHECK(printable("a\x1b[31mb\x07\u009bc\nd") == "a[31mbc d");
}

TEST_CASE("Paragraphs are wrapped at words, indented, and highlighted where the marks are") {
  CHECK(paragraph("one two three", {}, 2, {.width = 10}) == "  one two\n  three\n");
  CHECK(paragraph("one two three", {}, 2, {}) == "  one two three\n");
  const std::vector<Mark> marks = {{4, 8}};
  CHECK(paragraph("uno niño", marks, 0, {.color = true}) == "uno \x1b[1;31mniño\x1b[0m\n");
  CHECK(paragraph("uno niño", marks, 0, {}) == "uno niño\n");
  CHECK(paragraph("贩卖人口", {}, 0, {.width = 5}) == "贩卖\n人口\n");
}

TEST_CASE("A result shows title, what it is, where it is, and its passages by page") {
  Answer answer{.total = 1, .limit = 10};
  Hit hit{.resource = {.id = "x",
                       .url = "https://x.example/x.pdf",
                       .title = "The title",
                       .type = "report",
                       .date = "2020-04",
                       .language = "es",
                       .format = "pdf"}};
  hit.resource.pages = 12;
  hit.passages = {{.page = 12, .label = "viii", .heading = "Heading", .text = "Some text."}};
  answer.hits = {hit};
  CHECK(text_report(answer, {}) ==
        " 1. The title\n"
        "    report · 2020-04 · Spanish · PDF, 12 pages\n"
        "    https://x.example/x.pdf\n"
        "    p. 12 (label viii) · Heading\n"
        "      Some text.\n"
        "\n"
        "1 resource, shown 1 to 1\n");
}

TEST_CASE("Notices and spelling are side notes") {
  Answer answer;
  answer.query.notices = {{"relaxed", "Some words."}};
  answer.spelling = Spelling{"labor", 3};
  CHECK(side_notes(answer) == "Some words.\nDid you mean: labor (3 resources)\n");
}

TEST_CASE("Help, a redirect and best bets stand above the results, even when there are none") {
  Answer answer;
  answer.help = {
      {.title = "Hotline", .phone = "1-888", .text = "Free.", .hours = "always", .url = "https://h.example/"},
      {.title = "In danger: call 911"}};
  answer.redirect = Redirect{.url = "https://jobs.example/", .title = "Jobs"};
  answer.best_bets = {{.title = "The T visa", .url = "https://t.example/", .description = "Two pages."}};
  CHECK(text_report(answer, {}) ==
        "Hotline · 1-888 · always · https://h.example/\n"
        "    Free.\n"
        "In danger: call 911\n"
        "See Jobs · https://jobs.example/\n"
        " *  The T visa\n"
        "    https://t.example/\n"
        "    Two pages.\n"
        "\n"
        "0 resources\n");
}
