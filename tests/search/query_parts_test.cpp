#include "search/query_parts.h"

#include "search/query_parser.h"
#include "tests/catch.h"

using namespace carrel::search;

namespace {

std::string understood(const QueryParts& parts) {
  const std::vector<std::string> languages = {"en"};
  const ParsedTree tree = parse_query(compose_query(parts), QueryLimits{}, languages);
  return in_words(tree.root);
}

}  // namespace

TEST_CASE("The parts of a form make one query") {
  CHECK(compose_query({}).empty());
  CHECK(compose_query({.query = "labor"}) == "labor");
  CHECK(compose_query({.query = "labor",
                       .phrase = "debt bondage",
                       .any = "housing shelter",
                       .none = "youth \"night work\""}) ==
        "\"debt bondage\" (housing OR shelter) -youth -\"night work\" labor");
  CHECK(understood({.query = "labor", .phrase = "debt bondage", .any = "housing shelter", .none = "youth"}) ==
        "“debt bondage” and (housing or shelter) and labor, not youth");
}

TEST_CASE("Signs in the parts mean nothing, and an open query swallows no other part") {
  CHECK(understood({.any = "AND (x OR y"}) == "“and” or “x” or “or” or y");
  CHECK(understood({.none = "-a title:b"}) == "everything, not “a” and not “title b”");
  CHECK(understood({.query = "\"open", .none = "x1"}) == "“open”, not x1");
  CHECK(understood({.phrase = "a \"b\" c"}) == "“a b c”");
  CHECK(understood({.any = " \" \" ( ) "}) == "everything");
}
