#include "query-server/page/paging_view.h"

#include "tests/catch.h"

using namespace carrel;
using namespace carrel::query_server::page;

namespace {

/// "‹ 1 … [4] 5 ›" for a list of `total` hits from `offset` on, 20 a page.
std::string pages(std::uint64_t total, std::uint64_t offset) {
  search::Answer answer{.total = total, .offset = offset, .limit = 20};
  if (offset + 20 < total) answer.next_offset = offset + 20;
  PageRequest page;
  page.request.q = "a";
  View view = paging_view(page, answer, Messages::of("en"));
  if (!view.shows()) return "none";
  std::string drawn = view["previous"].shows() ? "‹ " : "";
  for (View number : *view["pages"].list()) {
    if (number["gap"].shows()) drawn += "… ";
    const std::string text = *number["number"].text();
    drawn += number["current"].shows() ? "[" + text + "] " : text + " ";
  }
  return drawn + (view["next"].shows() ? "›" : "") + (view["narrow"].shows() ? "narrow" : "");
}

}  // namespace

TEST_CASE("paging shows the first page, those around this one, and the last that can be reached") {
  CHECK(pages(20, 0) == "none");
  CHECK(pages(21, 0) == "[1] 2 ›");
  CHECK(pages(21, 20) == "‹ 1 [2] ");
  CHECK(pages(200, 0) == "[1] 2 3 … 10 ›");
  CHECK(pages(200, 100) == "‹ 1 … 4 5 [6] 7 8 … 10 ›");
  CHECK(pages(200, 180) == "‹ 1 … 8 9 [10] ");
  CHECK(pages(100'000, 1000) == "‹ 1 … 49 50 [51] narrow");
}
