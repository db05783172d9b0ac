// docs/query-language.md, line by line.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "search/query_parser.h"
#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel::search;

namespace {

struct Example {
  std::string query;
  std::string in_words;
  std::string notice;  // its code; empty: none
};

std::string trimmed(std::string text) {
  while (text.ends_with(' ')) text.pop_back();
  while (text.starts_with(' ')) text.erase(0, 1);
  return text;
}

/// The lines "query → in words   (notice)" of the document's code blocks.
std::vector<Example> examples() {
  std::ifstream file(std::filesystem::path(CARREL_SOURCE_DIR) / "docs/query-language.md");
  std::vector<Example> found;
  bool inside = false;
  const std::string arrow = "→";
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) inside = !inside;
    const std::size_t at = line.find(arrow);
    if (!inside || at == std::string::npos) continue;
    Example example{.query = trimmed(line.substr(0, at)),
                    .in_words = trimmed(line.substr(at + arrow.size()))};
    const std::size_t gap = example.in_words.find("   ");
    if (gap != std::string::npos) {
      example.notice = trimmed(example.in_words.substr(gap));
      example.notice = example.notice.substr(1, example.notice.size() - 2);
      example.in_words = trimmed(example.in_words.substr(0, gap));
    }
    found.push_back(std::move(example));
  }
  return found;
}

}  // namespace

TEST_CASE("Every example in the description of the query language is true") {
  const std::vector<std::string> languages = {"en", "es"};
  const auto all = examples();
  REQUIRE(all.size() > 50);
  for (const Example& example : all) {
    CAPTURE(example.query);
    const ParsedTree tree = parse_query(example.query, QueryLimits{}, languages);
    CHECK(in_words(tree.root) == example.in_words);
    if (example.notice.empty()) {
      CHECK(tree.notices.empty());
    } else {
      REQUIRE_FALSE(tree.notices.empty());
      for (const std::string& code : carrel::tests::codes(tree.notices)) CHECK(code == example.notice);
    }
  }
}
