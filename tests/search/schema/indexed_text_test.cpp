#include "search/schema/indexed_text.h"

#include <random>
#include <string>
#include <vector>

#include "tests/catch.h"

namespace carrel::schema {
namespace {

struct Word {
  std::size_t begin;
  std::string folded;
  friend bool operator==(const Word&, const Word&) = default;
};

std::vector<Word> indexed_words(std::string_view text, const std::vector<TextRange>& unindexed) {
  std::vector<Word> words;
  for_each_indexed_token(text, unindexed, [&](const Token& token) {
    words.push_back({token.begin, std::string(token.folded)});
    CHECK(token.end <= text.size());
  });
  return words;
}

TEST_CASE("Words of unindexed ranges are passed over, the others keep their offsets") {
  const std::string text = "Annual Report\nVictims have rights.\n12";
  CHECK(indexed_words(text, {{0, 13}, {35, 37}}) ==
        std::vector<Word>{{14, "victims"}, {22, "have"}, {27, "rights"}});
  CHECK(indexed_words(text, {{0, text.size()}}).empty());
  CHECK(indexed_words(text, {}).size() == 6);
}

TEST_CASE("Text without its ranges has one line feed where one of them lay between two parts") {
  CHECK(indexed_text("Head\nBody\nFoot", std::vector<TextRange>{{0, 4}, {10, 14}}) == "Body");
  CHECK(indexed_text("One\nFoot\nTwo", std::vector<TextRange>{{4, 8}}) == "One\nTwo");
  CHECK(indexed_text("One Foot Two", std::vector<TextRange>{{4, 8}}) == "One \n Two");
  CHECK(indexed_text("Whole", std::vector<TextRange>{}) == "Whole");
  CHECK(indexed_text("Whole", std::vector<TextRange>{{0, 5}}).empty());
}

TEST_CASE("Only ranges in order, apart, inside the text and between code points are ranges of a text") {
  const std::string text = "a\u00f1bcd";
  CHECK(are_ranges_of(text, std::vector<TextRange>{}));
  CHECK(are_ranges_of(text, std::vector<TextRange>{{0, 1}, {3, 4}}));
  CHECK(are_ranges_of(text, std::vector<TextRange>{{0, 6}}));
  for (const std::vector<TextRange>& wrong :
       {std::vector<TextRange>{{0, 7}}, std::vector<TextRange>{{2, 3}}, std::vector<TextRange>{{1, 2}},
        std::vector<TextRange>{{1, 1}}, std::vector<TextRange>{{3, 1}},
        std::vector<TextRange>{{3, 4}, {0, 1}}, std::vector<TextRange>{{0, 1}, {1, 3}},
        std::vector<TextRange>{{9, 12}}}) {
    CHECK_FALSE(are_ranges_of(text, wrong));
  }
}

TEST_CASE("Writer and reader see the same words whatever the ranges are") {
  std::mt19937 random(7);
  const std::string alphabet = "abc 12.,'\n-";
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (std::size_t i = random() % 40; i > 0; --i) text += alphabet[random() % alphabet.size()];
    std::vector<TextRange> ranges;
    for (std::size_t at = random() % 8; at < text.size();) {
      const std::size_t end = std::min(text.size(), at + 1 + random() % 6);
      ranges.push_back({at, end});
      at = end + 1 + random() % 9;
    }
    REQUIRE(are_ranges_of(text, ranges));
    std::vector<std::string> written;
    for (const Word& word : indexed_words(text, ranges)) written.push_back(word.folded);
    std::vector<std::string> read;
    for (const OwnedToken& token : tokenize(indexed_text(text, ranges))) read.push_back(token.folded);
    CAPTURE(text);
    CHECK(written == read);
  }
}

}  // namespace
}  // namespace carrel::schema
