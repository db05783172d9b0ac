#include "indexer/seen_words.h"

#include <string>

#include "tests/catch.h"

using carrel::indexer::SeenWords;

TEST_CASE("A word is new once, however many others come between") {
  SeenWords seen;
  CHECK(seen.size() == 0);
  for (int i = 0; i < 20'000; ++i) REQUIRE(seen.add("word" + std::to_string(i)));
  for (int i = 0; i < 20'000; ++i) REQUIRE_FALSE(seen.add("word" + std::to_string(i)));
  CHECK(seen.add(""));
  CHECK_FALSE(seen.add(""));
  CHECK(seen.size() == 20'001);
  seen.clear();
  CHECK(seen.size() == 0);
  CHECK(seen.add("word1"));
}
