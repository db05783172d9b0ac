#include "search/suggestion_index.h"

#include <algorithm>
#include <random>

#include "search/schema/tokenizer.h"
#include "tests/catch.h"

using namespace carrel::search;

namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (auto& token : carrel::schema::tokenize(text)) words.push_back(std::move(token.folded));
  return words;
}

/// "text/exact" of one kind.
std::vector<std::string> found(const SuggestionIndex& index, std::string_view typed,
                               SuggestionKind kind = SuggestionKind::title, std::size_t limit = 10) {
  std::vector<std::string> out;
  const auto all = index.complete(words_of(typed), limit);
  for (const auto& one : all[static_cast<std::size_t>(kind)])
    out.push_back(std::string(index.text(one.number)) + (one.exact ? "" : " ~"));
  return out;
}

using List = std::vector<std::string>;

SuggestionIndex titles() {
  SuggestionIndex index;
  index.add(SuggestionKind::title, "Housing Toolkit", 1);
  index.add(SuggestionKind::title, "Toolkit for Housing", 1);
  index.add(SuggestionKind::title, "Safe housing", 5);
  index.add(SuggestionKind::title, "housing toolkit", 2);
  index.add(SuggestionKind::title, "Señales de trata", 1);
  index.add(SuggestionKind::topic, "housing", 9);
  index.add(SuggestionKind::title, "…", 1);
  index.finish();
  return index;
}

}  // namespace

TEST_CASE("Texts that begin with what was typed come first, then those with a word that does") {
  const SuggestionIndex index = titles();
  CHECK(found(index, "hous") == List{"Housing Toolkit", "Safe housing", "Toolkit for Housing"});
  CHECK(found(index, "toolkit") == List{"Toolkit for Housing", "Housing Toolkit"});
  CHECK(found(index, "safe h") == List{"Safe housing"});
  CHECK(found(index, "hous", SuggestionKind::topic) == List{"housing"});
  CHECK(found(index, "hous", SuggestionKind::title, 1) == List{"Housing Toolkit"});
}

TEST_CASE("The same text adds to its count, texts without words are none") {
  const SuggestionIndex index = titles();
  CHECK(index.size() == 5);
  const auto all = index.complete(words_of("housing tool"), 5);
  const auto& best = all[static_cast<std::size_t>(SuggestionKind::title)];
  REQUIRE(best.size() == 2);
  CHECK(index.count(best[0].number) == 3);
}

TEST_CASE("Words of four letters and more may have one slip, of eight and more two, behind the others") {
  const SuggestionIndex index = titles();
  CHECK(found(index, "hausing") == List{"Safe housing ~", "Housing Toolkit ~", "Toolkit for Housing ~"});
  CHECK(found(index, "toolkti") == List{"Housing Toolkit ~", "Toolkit for Housing ~"});
  CHECK(found(index, "tulkit").empty());
  CHECK(found(index, "senalse") == List{"Señales de trata ~"});
  CHECK(found(index, "sef").empty());
  CHECK(found(index, "hausing tool") == List{"Housing Toolkit ~", "Toolkit for Housing ~"});
}

TEST_CASE("Nothing typed, nothing held and nothing asked for complete nothing") {
  CHECK(found(titles(), "").empty());
  CHECK(found(titles(), "hous", SuggestionKind::title, 0).empty());
  SuggestionIndex empty;
  empty.finish();
  CHECK(found(empty, "hous").empty());
}

TEST_CASE("Completions are exactly those found by looking at each text") {
  std::mt19937 random(11);
  const auto word = [&] {
    std::string out;
    for (unsigned n = 1 + random() % 3; n > 0; --n) out += static_cast<char>('a' + random() % 3);
    return out;
  };
  SuggestionIndex index;
  std::vector<std::pair<std::string, std::uint32_t>> all;
  for (std::uint32_t i = 0; i < 400; ++i) {
    std::string text = word();
    for (unsigned n = random() % 3; n > 0; --n) text += " " + word();
    if (std::ranges::find(all, text, &std::pair<std::string, std::uint32_t>::first) != all.end()) continue;
    all.emplace_back(text, i + 1);
    index.add(SuggestionKind::title, text, i + 1);
  }
  index.finish();
  for (int i = 0; i < 300; ++i) {
    std::string typed = word();
    if (random() % 2 == 0) typed += " " + word();
    const auto words = words_of(typed);
    std::vector<std::pair<std::pair<bool, std::uint32_t>, std::string>> by_hand;
    for (const auto& [text, count] : all) {
      const auto have = words_of(text);
      const bool whole = std::all_of(words.begin(), words.end() - 1, [&](const std::string& one) {
        return std::ranges::find(have, one) != have.end();
      });
      const bool last =
          std::ranges::any_of(have, [&](const std::string& one) { return one.starts_with(words.back()); });
      if (!whole || !last) continue;
      const bool begins = have.size() >= words.size() &&
                          std::equal(words.begin(), words.end() - 1, have.begin()) &&
                          have[words.size() - 1].starts_with(words.back());
      by_hand.push_back({{!begins, ~count}, text});
    }
    std::ranges::sort(by_hand);
    List expected;
    for (const auto& one : by_hand) expected.push_back(one.second);
    if (expected.size() > 10) expected.resize(10);
    INFO(typed);
    CHECK(found(index, typed) == expected);
  }
}
