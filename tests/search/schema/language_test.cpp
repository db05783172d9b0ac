#include "search/schema/language.h"

#include <string>
#include <vector>

#include "tests/catch.h"

namespace carrel::schema {
namespace {

TEST_CASE("Language tags take their canonical form") {
  struct Row {
    std::string_view tag;
    std::string_view canonical;
    std::string_view base;
  };
  const std::vector<Row> rows = {
      {"en", "en", "en"},
      {"EN_us", "en-US", "en"},
      {" es ", "es", "es"},
      {"zh-hans", "zh-Hans", "zh"},
      {"zh_hans_cn", "zh-Hans-CN", "zh"},
      {"pt-br", "pt-BR", "pt"},
      {"eng", "en", "en"},
      {"spa", "es", "es"},
      {"es-419", "es-419", "es"},
      {"fil", "fil", "fil"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.tag);
    CHECK(canonical_language(row.tag) == row.canonical);
    CHECK(base_language(canonical_language(row.tag)) == row.base);
    CHECK(canonical_language(row.canonical) == row.canonical);
  }
}

TEST_CASE("What is no language tag becomes empty") {
  for (const std::string_view tag : {"", " ", "e", "english", "Spanish", "x-klingon", "en-", "-en", "en US",
                                     "q1", "e*", "en-us-abcdefghijklmnopqrstuvwxyz-0123456789", "ñe", "12"}) {
    CAPTURE(tag);
    CHECK(canonical_language(tag).empty());
  }
}

TEST_CASE("Languages have names in the language of the reader") {
  CHECK(language_name("es", "en") == "Spanish");
  CHECK(language_name("es", "es") == "español");
  CHECK(language_name("vi", "en") == "Vietnamese");
  CHECK(language_name("en", "zh-Hans") == "英语");
  CHECK(language_name("es-MX", "en") == "Spanish (Mexico)");
}

TEST_CASE("A reader's language that is none means English, an unknown tag stays as it is") {
  for (const std::string_view ui : {"", "*", "!!", "english"}) CHECK(language_name("es", ui) == "Spanish");
  CHECK(language_name("zz", "en") == "zz");
  CHECK(language_name("not a tag", "en") == "not a tag");
  CHECK(language_name("", "en").empty());
}

}  // namespace
}  // namespace carrel::schema
