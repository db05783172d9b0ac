// Nothing that a person types is an error: whatever the bytes, there is an answer within limits.
#include <chrono>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "search/query_parser.h"
#include "search/schema/utf8.h"
#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel::search;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

/// What queries are made of, by design and by accident.
const std::vector<std::string> kPieces = {"labor",     "Trafficking", "víctimas",
                                          "人口贩卖",  "ที่นี่",          "الاتجار",
                                          "visa",      "T",           "-",
                                          "+",         "~",           "=",
                                          "*",         "(",           ")",
                                          "\"",        "“",           "„",
                                          "«",         "|",           " ",
                                          "\u3000",    " AND ",       " OR ",
                                          " NOT ",     " NEAR/5 ",    " ADJ/0 ",
                                          " NEAR/",    "title:",      "topic:",
                                          "year:",     "date:",       "pages:",
                                          "id:",       "foo:",        "año:",
                                          "..",        "P2Y/",        "2019",
                                          "-13-45",    "/",           ",",
                                          ";",         "22 USC ",     "7102",
                                          "(11)",      "I-914",       "§",
                                          "\xff",      "\xc3",        "\u00ad",
                                          "\u200c",    "'",           "’",
                                          "l’aide",    "U.S.C.",      "#",
                                          "&",         "\n",          std::string(1, '\0'),
                                          "traffick*", "x*",          "888-373-7888",
                                          "C++",       "LGBTQ+",      "10.1000/x"};

rc::Gen<std::string> queries() {
  const auto pieces = rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces)),
                                   [](const std::vector<std::string>& some) {
                                     std::string all;
                                     for (const std::string& one : some) all += one;
                                     return all;
                                   });
  return rc::gen::weightedOneOf<std::string>({{3, pieces}, {1, rc::gen::arbitrary<std::string>()}});
}

const Library& library() {
  static const Library made(Entries{
      {.id = "a",
       .title = "Forced labor under 22 U.S.C. § 7102(11)(A)",
       .pages = {"A T visa and trafficking. Debt bondage. Form I-914."},
       .fields = {{FieldId::topic, "housing;labor"}, {FieldId::date, "2019"}}},
      {.id = "b", .title = "人口贩卖", .pages = {"帮助人口贩卖受害者。ที่นี่"}, .language = "zh"},
  });
  return made;
}

/// Of an identifier with several readings, the same words stand below each.
std::size_t words_of(const QueryNode& node) {
  if (node.kind == NodeKind::any_of && !node.children.empty() &&
      node.children.front().kind == NodeKind::identifier &&
      node.children.back().begin == node.children.front().begin) {
    return words_of(node.children.front());
  }
  std::size_t count = node.kind == NodeKind::identifier ? 0 : node.words.size();
  for (const QueryNode& child : node.children) count += words_of(child);
  return count;
}

}  // namespace

TEST_CASE("Any bytes give an answer") {
  Searcher searcher = library().open();
  CHECK(rc::check([&] {
    const std::string query = *queries();
    const auto answer = searcher.search(Request{.q = query, .explain = true});
    RC_ASSERT(answer.has_value());
    RC_ASSERT(answer->total <= 2U);
    RC_ASSERT(carrel::schema::is_valid_utf8(answer->query.parsed));
    RC_ASSERT(carrel::schema::is_valid_utf8(answer->query.q));
  }));
}

TEST_CASE("A parsed query holds no more words than allowed, lies inside what was typed, and can be told") {
  const std::vector<std::string> languages = {"en", "es"};
  CHECK(rc::check([&] {
    const std::string query = carrel::schema::repair_utf8(*queries());
    const QueryLimits limits{.bytes = 200, .words = 8, .nesting = 3};
    const ParsedTree tree = parse_query(query, limits, languages);
    RC_ASSERT(words_of(tree.root) <= 8U);
    RC_ASSERT(tree.root.end <= 200U);
    RC_ASSERT(!in_words(tree.root).empty());
    RC_ASSERT(!in_words(tree.root, "es").empty());
    // The same query means the same.
    RC_ASSERT(in_words(parse_query(query, limits, languages).root) == in_words(tree.root));
  }));
}
