#include "search/schema/stop_words.h"

#include <vector>

#include "tests/catch.h"

using namespace carrel::schema;

TEST_CASE("Stop words are known by language") {
  CHECK(stop_words("en").contains("the"));
  CHECK(stop_words("es").contains("de"));
  CHECK(stop_words("es").contains("él"));
  CHECK(stop_words("fr").contains("même"));
  CHECK_FALSE(stop_words("en").contains("us"));  // the United States
  CHECK_FALSE(stop_words("en").contains("t"));   // a visa
  CHECK(stop_words("vi").empty());
}

TEST_CASE("The language of a query is the one whose stop words it uses most") {
  const std::vector<std::string> languages = {"en", "es", "pt"};
  const auto of = [&](std::vector<std::string> words) { return likely_language(words, languages); };
  CHECK(of({"víctimas", "de", "la", "trata"}) == "es");
  CHECK(of({"son", "of", "a", "preacher"}) == "en");
  CHECK(of({"housing"}) == "en");
}
