#include "search/schema/token_finder.h"

#include <array>
#include <random>
#include <string>
#include <vector>

#include "tests/catch.h"

namespace carrel::schema {
namespace {

/// Words, signs that join or part them, and what stands between, so that blocks begin and end anywhere.
constexpr std::array<std::string_view, 40> kPieces = {"goat",
                                                      "Dairy",
                                                      "a",
                                                      "U.S.C.",
                                                      "9,854",
                                                      "101,102,103",
                                                      "2.5",
                                                      "victim's",
                                                      "O'Neil",
                                                      "don't",
                                                      "’s",
                                                      "é",
                                                      "Ñu",
                                                      "п'ять",
                                                      "人口",
                                                      "ไทย",
                                                      "\u0640",
                                                      "\u3164",
                                                      "²",
                                                      "\u00ad",
                                                      " ",
                                                      " ",
                                                      " ",
                                                      "  ",
                                                      "\n",
                                                      ". ",
                                                      ", ",
                                                      "-",
                                                      "\u2010",
                                                      "'",
                                                      "(",
                                                      ")",
                                                      "¶",
                                                      "\xff",
                                                      "\xe2",
                                                      "e\u0301",
                                                      "std::vector_",
                                                      "x.y",
                                                      ",9",
                                                      "http://a.b/c?d=1.5,6"};

std::string text_of(std::mt19937& random, std::size_t pieces) {
  std::string text;
  // Some texts are nearly plain, others are nothing but difficulties.
  const bool plain = random() % 3 == 0;
  for (std::size_t i = 0; i < pieces; ++i) {
    text += plain && random() % 20 != 0 ? kPieces[random() % 3] : kPieces[random() % kPieces.size()];
    if (plain) text += random() % 9 == 0 ? "." : " ";
  }
  return text;
}

void check(std::string_view text, std::size_t stride) {
  INFO(text);
  const auto tokens = tokenize(text);
  TokenFinder finder(text);
  for (std::size_t ordinal = 0; ordinal < tokens.size(); ordinal += stride) {
    for (int again = 0; again < 2; ++again) {
      const auto place = finder.at(ordinal);
      REQUIRE(place);
      REQUIRE(place->begin == tokens[ordinal].begin);
      REQUIRE(place->end == tokens[ordinal].end);
      REQUIRE(place->folded == tokens[ordinal].folded);
    }
  }
  REQUIRE_FALSE(finder.at(tokens.size()));
}

TEST_CASE("The words of a text are found by their numbers") {
  TokenFinder finder("Goats give milk, the U.S. Code says; a victim's goats don't.");
  CHECK(finder.at(0)->folded == "goats");
  CHECK(finder.at(2)->begin == 11);
  CHECK(finder.at(4)->folded == "us");
  CHECK(finder.at(8)->folded == "victim's");
  CHECK(finder.at(10)->folded == "don't");
  CHECK_FALSE(finder.at(11));
  CHECK_FALSE(TokenFinder("").at(0));
  CHECK_FALSE(TokenFinder(" - … ").at(0));
}

TEST_CASE("Whatever the text, a word has the number that the tokenizer gives it") {
  std::mt19937 random(7);
  for (int i = 0; i < 1500; ++i) {
    const std::string text = text_of(random, random() % 120);
    for (const std::size_t stride : {1, 2, 7, 50}) check(text, stride);
  }
  check(std::string(1000, 'x') + " y", 1);
  check(std::string(64, 'x') + "." + std::string(63, 'y') + ".z " + std::string(127, '.') + "w", 1);
}

}  // namespace
}  // namespace carrel::schema
