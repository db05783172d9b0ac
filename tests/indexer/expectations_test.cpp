#include "indexer/expectations.h"

#include "tests/catch.h"

using namespace carrel::indexer;
using carrel::schema::Expectation;

namespace {

const ShownAnswer kAnswer{.hits = {"first", "second", "third", "fourth"},
                          .best_bets = {"rule", "pinned"},
                          .help = {"hotline"},
                          .redirect = "https://jobs.example/"};

std::string broken(Expectation expectation) {
  expectation.query = "q";
  return why_broken(expectation, kAnswer);
}

}  // namespace

TEST_CASE("an expectation holds when the answer has all that it says") {
  CHECK(broken({.shows = "third"}) == "");
  CHECK(broken({.shows = "first", .top = 1}) == "");
  CHECK(broken({.shows = "pinned", .top = 1}) == "");
  CHECK(broken({.shows = "rule"}) == "");
  CHECK(broken({.help = "hotline"}) == "");
  CHECK(broken({.redirect = "https://jobs.example/"}) == "");
  CHECK(broken({.hides = "absent"}) == "");
  CHECK(broken({.top = 3, .hides = "fourth"}) == "");
  CHECK(broken(
            {.shows = "second", .help = "hotline", .redirect = "https://jobs.example/", .hides = "absent"}) ==
        "");
}

TEST_CASE("an expectation that breaks says what was expected and what is there") {
  CHECK(broken({.shows = "fourth"}) ==
        "'q' does not show 'fourth' among the first 3 hits or the best bets (it is number 4)");
  CHECK(broken({.shows = "absent", .top = 5}) ==
        "'q' does not show 'absent' among the first 5 hits or the best bets");
  CHECK(broken({.help = "danger"}) == "'q' does not bring the help card 'danger'");
  CHECK(broken({.redirect = "https://other.example/"}) == "'q' is not sent to https://other.example/");
  CHECK(broken({.hides = "third"}) == "'q' shows 'third' among the first 3 hits");
  CHECK(broken({.shows = "first", .help = "danger"}) == "'q' does not bring the help card 'danger'");
}
