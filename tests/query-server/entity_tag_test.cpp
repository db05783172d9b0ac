#include "query-server/entity_tag.h"

#include "tests/catch.h"

using namespace carrel::query_server;

TEST_CASE("a tag depends on the revision and on the request, and on nothing else") {
  const auto tag = entity_tag("7", "search?q=a");
  CHECK(tag == entity_tag("7", "search?q=a"));
  CHECK(tag != entity_tag("8", "search?q=a"));
  CHECK(tag != entity_tag("7", "search?q=b"));
  CHECK(tag.starts_with("W/\""));
}

TEST_CASE("If-None-Match is a list that is compared weakly") {
  CHECK(matches_any("W/\"a\"", "W/\"a\""));
  CHECK(matches_any("\"a\"", "W/\"a\""));
  CHECK(matches_any("\"x\", W/\"y\",\"a\"", "\"a\""));
  CHECK(matches_any("*", "\"a\""));
  CHECK_FALSE(matches_any("\"b\"", "\"a\""));
  CHECK_FALSE(matches_any("a", "\"a\""));
  CHECK_FALSE(matches_any("\"a", "\"a\""));
  CHECK_FALSE(matches_any("", "\"a\""));
  CHECK_FALSE(matches_any(" , ,", "\"a\""));
}
