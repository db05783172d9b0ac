// Whatever a person types: it is parsed within its limits, said again in words, and answered by a library in
// memory with offsets that lie inside their texts.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "search/query_parser.h"
#include "search/schema/utf8.h"
#include "tests/search/library.h"

namespace {

using namespace carrel::search;
using namespace carrel::tests;
using carrel::schema::FieldId;

/// Removed with its folder when the program ends.
Searcher& library() {
  static const Library made(Entries{
      {.id = "a",
       .title = "Forced labor under 22 U.S.C. § 7102(11)(A)",
       .pages = {"A T visa and trafficking. Debt bondage. Form I-914.", "Housing for survivors, 2019 to 2021."},
       .fields = {{FieldId::topic, "housing;labor"}, {FieldId::date, "2019"}}},
      {.id = "b", .title = "人口贩卖", .pages = {"帮助人口贩卖受害者。ที่นี่"}, .language = "zh"},
      {.id = "c", .title = "Ayuda para víctimas", .pages = {"Vivienda y trabajo."}, .language = "es"},
  });
  static Searcher searcher = made.open();
  return searcher;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string query(reinterpret_cast<const char*>(data), size);
  static const std::string languages[] = {"en", "es", "zh"};
  // As Searcher does: what is no UTF-8 never reaches the parser.
  const ParsedTree tree = parse_query(carrel::schema::repair_utf8(query), QueryLimits{}, languages);
  require(carrel::schema::is_valid_utf8(in_words(tree.root)));
  require(carrel::schema::is_valid_utf8(in_words(tree.root, "es")));

  Request request;
  request.q = query;
  const Answer answer = ask(library(), request);
  require(answer.hits.size() <= answer.total);
  for (const Hit& hit : answer.hits) {
    for (const Passage& passage : hit.passages) {
      for (const auto& [begin, end] : passage.marks) {
        require(begin <= end && end <= code_points(passage.text));
      }
    }
  }
  return 0;
}
