#include "query-server/page/hit_view.h"

#include "tests/catch.h"

using namespace carrel::query_server::page;

namespace {

std::string shown(std::string_view text, std::vector<carrel::search::Mark> marks) {
  std::string all;
  for (const Piece& piece : cut_at_marks(text, marks))
    all += piece.marked ? "[" + piece.text + "]" : piece.text;
  return all;
}

}  // namespace

TEST_CASE("marks count code points, and hostile ones are mended") {
  CHECK(shown("forced labor", {{7, 12}}) == "forced [labor]");
  CHECK(shown("ñandú y ñame", {{0, 5}, {8, 12}}) == "[ñandú] y [ñame]");
  CHECK(shown("日本語", {{1, 2}}) == "日[本]語");
  CHECK(shown("abc", {}) == "abc");
  CHECK(shown("", {{0, 4}}) == "");
  CHECK(shown("abc", {{1, 99}}) == "a[bc]");
  CHECK(shown("abc", {{7, 9}}) == "abc");
  CHECK(shown("abc", {{2, 1}}) == "abc");
  CHECK(shown("abcdef", {{3, 5}, {0, 4}}) == "[abcd][e]f");
}

TEST_CASE("a page of the web is called so once, a PDF report is both") {
  const auto facts = [](const char* type, const char* format) {
    carrel::search::Hit hit;
    hit.resource.type = type;
    hit.resource.format = format;
    View view = hit_view({}, hit, Messages::of("en"), Links(), "en");
    std::string all;
    for (View fact : *view["facts"].list()) all += *fact["text"].text() + "|";
    return all;
  };
  CHECK(facts("web page", "html") == "Web page|");
  CHECK(facts("report", "pdf").starts_with("Report|PDF"));
}
