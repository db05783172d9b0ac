// Words and numbers that are the same on every machine: for libraries that are made up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace carrel::benchmarks {

/// SplitMix64 (Steele, Lea, Flood 2014): unlike the distributions of <random> the same everywhere.
class SeededNumbers {
 public:
  explicit SeededNumbers(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next();
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  double share() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

/// An invented word of `syllables`.
std::string made_word(SeededNumbers& numbers, std::size_t syllables);

/// A vocabulary whose words occur as those of a language do: the n-th as often as 1 / n (Zipf), and now and
/// then one that nobody has used before, so that the vocabulary grows with the text (Heaps).
class MadeVocabulary {
 public:
  MadeVocabulary(SeededNumbers& numbers, std::size_t size);

  /// A word of a running text.
  std::string running_word(SeededNumbers& numbers) const;
  /// The word that is the `rank`-th in frequency, from 0.
  const std::string& at(std::size_t rank) const { return words_[rank]; }

 private:
  std::vector<std::string> words_;
  std::vector<double> until_;  ///< share of the text that the words up to this one make
};

}  // namespace carrel::benchmarks
