#include "benchmarks/side_by_side/made_words.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace carrel::benchmarks {
namespace {

/// Of so many words one is new. Real text of this size has 2 to 10 in 1,000.
constexpr std::uint64_t kWordsToANewOne = 300;

}  // namespace

std::uint64_t SeededNumbers::next() {
  state_ += 0x9e3779b97f4a7c15ULL;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
  return mixed ^ (mixed >> 31);
}

std::string made_word(SeededNumbers& numbers, std::size_t syllables) {
  constexpr std::string_view kOnsets = "bcdfghjklmnprstv";
  constexpr std::string_view kVowels = "aeiou";
  constexpr std::string_view kCodas = "lnrst";
  std::string word;
  for (; syllables > 0; --syllables) {
    word += kOnsets[numbers.below(kOnsets.size())];
    word += kVowels[numbers.below(kVowels.size())];
    if (numbers.below(3) == 0) word += kCodas[numbers.below(kCodas.size())];
  }
  return word;
}

MadeVocabulary::MadeVocabulary(SeededNumbers& numbers, std::size_t size) {
  std::unordered_set<std::string> known;
  double sum = 0;
  while (words_.size() < size) {
    std::string word = made_word(numbers, 2 + numbers.below(3));
    if (!known.insert(word).second) continue;
    words_.push_back(std::move(word));
    sum += 1.0 / static_cast<double>(words_.size());
    until_.push_back(sum);
  }
  for (double& until : until_) until /= sum;
}

std::string MadeVocabulary::running_word(SeededNumbers& numbers) const {
  if (numbers.below(kWordsToANewOne) == 0) return made_word(numbers, 5);
  const auto word = std::ranges::upper_bound(until_, numbers.share());
  return words_[std::min(static_cast<std::size_t>(word - until_.begin()), words_.size() - 1)];
}

}  // namespace carrel::benchmarks
