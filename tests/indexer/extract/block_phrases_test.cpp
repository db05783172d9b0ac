#include "indexer/extract/block_phrases.h"

#include <string>

#include "indexer/extract/html_sections.h"
#include "indexer/extract/name_set.h"
#include "tests/catch.h"

namespace carrel::indexer {
namespace {

TEST_CASE("Phrases of furniture are counted wherever they stand") {
  CHECK(furniture_phrases_in("") == 0);
  CHECK(furniture_phrases_in("c") == 0);
  CHECK(furniture_phrases_in("What the law says of debts") == 0);
  CHECK(furniture_phrases_in("SUBSCRIBE") == 1);
  CHECK(furniture_phrases_in("Please sign up") == 1);
  CHECK(furniture_phrases_in("sign up or sign in") == 2);
  CHECK(furniture_phrases_in("\u00a9 2021") == 1);
  CHECK(furniture_phrases_in("всё · читайте дальше") == 1);
}

TEST_CASE("A phrase that stands twice counts once and one inside another counts too") {
  CHECK(furniture_phrases_in("reply, reply, reply") == 1);
  CHECK(furniture_phrases_in("leave a reply") == 2);
  CHECK(furniture_phrases_in("e-mail-adresse") == 1);
}

TEST_CASE("More than four phrases are four and long texts have none") {
  CHECK(furniture_phrases_in("facebook twitter whatsapp pinterest linkedin") == 4);
  CHECK(furniture_phrases_in("cookie " + std::string(240, 'x')) == 0);
}

TEST_CASE("Elements that stand within a line are told from those that do not") {
  for (const char* name : {"a", "abbr", "strong", "wbr", "button", "u"}) CHECK(is_inline_element(name));
  for (const char* name : {"", "p", "div", "an", "strongly", "ab", "td"})
    CHECK_FALSE(is_inline_element(name));
}

TEST_CASE("A set of names knows its own whatever their order and length") {
  constexpr NameSet<4> set{
      {"nav", "", "menu", "a-name-that-is-longer-than-sixty-three-letters-and-so-shares-the-last-bit"}};
  STATIC_REQUIRE(set.contains("nav"));
  CHECK(set.contains(""));
  CHECK(set.contains("a-name-that-is-longer-than-sixty-three-letters-and-so-shares-the-last-bit"));
  CHECK_FALSE(set.contains(std::string(70, 'a')));
  CHECK_FALSE(set.contains("nave"));
  CHECK_FALSE(set.contains("men"));
}

}  // namespace
}  // namespace carrel::indexer
