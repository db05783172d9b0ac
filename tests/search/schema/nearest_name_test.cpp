#include "search/schema/nearest_name.h"

#include <array>

#include "tests/catch.h"

using namespace carrel::schema;

TEST_CASE("the nearest name is found when it is near") {
  constexpr std::array<std::string_view, 5> names = {"q", "type", "topic", "facets", "language"};
  CHECK(nearest_name("tpye", names) == "type");
  CHECK(nearest_name("topics", names) == "topic");
  CHECK(nearest_name("facet", names) == "facets");
  CHECK(nearest_name("langauge", names) == "language");
  CHECK_FALSE(nearest_name("colour", names));
  CHECK_FALSE(nearest_name(std::string(100'000, 'a'), names));
}
