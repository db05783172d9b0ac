#include "search/ideographs.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

namespace carrel::search {
namespace {

using Words = std::vector<std::pair<std::size_t, std::size_t>>;

/// Particles and pronouns of Chinese and Japanese that carry the grammar.
constexpr std::string_view kParticles[] = {
    "的", "了", "在", "是", "和", "与", "及", "或", "我", "你", "他", "她", "它", "们", "这", "那", "被",
    "把", "对", "从", "到", "为", "以", "之", "也", "不", "就", "都", "而", "并", "吗", "呢", "于", "个",
    "有", "等", "は", "が", "を", "に", "で", "と", "の", "も", "へ", "や", "か", "ね", "よ", "な"};

bool is_particle(const std::string& character) {
  return std::ranges::find(kParticles, character) != std::end(kParticles);
}

/// One a thread: making one reads dictionaries.
icu::BreakIterator* word_breaks() {
  thread_local const std::unique_ptr<icu::BreakIterator> breaks = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    return U_SUCCESS(status) ? std::move(made) : nullptr;
  }();
  return breaks.get();
}

Words all_words(std::span<const QueryWord> characters) {
  icu::BreakIterator* breaks = word_breaks();
  if (breaks == nullptr) return {{0, characters.size()}};
  icu::UnicodeString text;
  std::vector<std::int32_t> begins;
  for (const QueryWord& one : characters) {
    begins.push_back(text.length());
    text += icu::UnicodeString::fromUTF8(one.exact);
  }
  breaks->setText(text);
  Words words;
  std::size_t first = 0;
  for (std::size_t i = 1; i <= characters.size(); ++i) {
    if (i < characters.size() && !breaks->isBoundary(begins[i])) continue;
    words.emplace_back(first, i);
    first = i;
  }
  return words;
}

}  // namespace

Words words_among(std::span<const QueryWord> characters) {
  Words words = all_words(characters);
  const auto carries_nothing = [&](const auto& word) {
    return word.second - word.first == 1 && is_particle(characters[word.first].folded);
  };
  if (!std::ranges::all_of(words, carries_nothing)) std::erase_if(words, carries_nothing);
  // What no dictionary knows falls into single characters: a name or a rare word, which stands as it is.
  Words joined;
  bool single_before = false;
  for (const auto& word : words) {
    const bool single = word.second - word.first == 1;
    if (single && single_before && joined.back().second == word.first) {
      joined.back().second = word.second;
    } else {
      joined.push_back(word);
    }
    single_before = single;
  }
  return joined;
}

}  // namespace carrel::search
