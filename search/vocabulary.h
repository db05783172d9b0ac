// The words of the documents, to compare a typed word with.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace Xapian {
class Database;
}

namespace carrel::search {

/// Damerau-Levenshtein distance with swaps of neighbours (optimal string alignment; Damerau 1964) in code
/// points; `bound` + 1 as soon as it exceeds `bound`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t bound);

/// All words of the documents with the number of resources that have them, about 20 bytes a word. Immutable,
/// so threads may share one.
class Vocabulary {
 public:
  struct Word {
    std::string text;
    std::uint32_t documents = 0;
  };

  /// Reads every body term once. Throws Xapian::Error.
  static Vocabulary load(const Xapian::Database& database);

  /// The accents of words alone: for `written`.
  static Vocabulary accents_of(const Xapian::Database& database);

  /// The words and in how many resources each is, for tests.
  static Vocabulary of(const std::vector<Word>& words);

  /// Words at most `bound` (1 or 2) edits away from `word`, itself excepted, that are in at least `documents`
  /// resources. A million words take a few milliseconds: most are told apart by the set of their letters,
  /// since one edit changes it by two letters at most.
  std::vector<Word> similar(std::string_view word, std::size_t bound, std::uint32_t documents) const;

  /// Words that sound like `word` in English or Spanish, itself excepted, in at least `documents` resources
  /// and in at least two.
  std::vector<Word> sounding_like(std::string_view word, std::uint32_t documents) const;

  /// The word as documents write it: with the accents that most of them give it.
  std::string written(std::string_view folded) const;

  std::size_t size() const;

 private:
  static constexpr std::size_t kShortest = 2;
  static constexpr std::size_t kLongest = 32;

  /// Words of one length in code points, side by side.
  struct Bucket {
    std::string texts;
    std::vector<std::uint32_t> ends;
    std::vector<std::uint32_t> documents;
    std::vector<std::uint32_t> letters;  // the set of letters, 32 bits

    std::string_view text(std::size_t i) const {
      const std::size_t begin = i == 0 ? 0 : ends[i - 1];
      return std::string_view(texts).substr(begin, ends[i] - begin);
    }
  };
  struct Sound {
    std::uint32_t key;
    std::uint32_t word;
    std::uint8_t length;
  };

  void add(std::string_view word, std::uint32_t documents);
  void finish();

  std::array<Bucket, kLongest + 1> by_length_;
  std::vector<Sound> sounds_;                       // sorted by key
  std::unordered_map<std::string, Word> accented_;  // by folded form, the most frequent form with accents
};

}  // namespace carrel::search
