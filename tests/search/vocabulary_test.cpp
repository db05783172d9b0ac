#include "search/vocabulary.h"

#include "tests/catch.h"

using carrel::search::edit_distance;

TEST_CASE("Edit distance counts insertions, deletions, substitutions and swapped neighbours") {
  CHECK(edit_distance("labor", "labor", 2) == 0);
  CHECK(edit_distance("labor", "labour", 2) == 1);
  CHECK(edit_distance("labour", "labor", 2) == 1);
  CHECK(edit_distance("trafficking", "traffikcing", 2) == 1);
  CHECK(edit_distance("survivor", "survavor", 2) == 1);
  CHECK(edit_distance("vicitm", "victim", 2) == 1);
  CHECK(edit_distance("abcd", "dcba", 2) == 3);
  CHECK(edit_distance("ab", "abcde", 2) == 3);
  CHECK(edit_distance("", "ab", 2) == 2);
}
