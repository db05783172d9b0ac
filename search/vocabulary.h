// The words of the documents with their frequencies, for spelling: found by likeness, not by spelling.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Xapian {
class Database;
}

namespace carrel::search {

/// Edits between two words of bytes: insertions, deletions, substitutions and swaps of neighbours (optimal
/// string alignment, the restricted Damerau-Levenshtein distance). Answers `bound` + 1 when it is more than
/// `bound`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t bound);

/// Immutable once loaded.
class Vocabulary {
 public:
  struct Word {
    std::string text;
    std::uint32_t documents = 0;
    std::uint8_t distance = 0;  ///< set in answers
  };

  /// Reads all body words of at least three letters. Throws Xapian::Error.
  static Vocabulary load(const Xapian::Database& database);

  /// The words at most `bound` edits (1 or 2) from `word` that occur in at least `documents` documents, best
  /// first: nearest, then those with the same first letter, then the most frequent. At most `limit`.
  std::vector<Word> similar(std::string_view word, std::size_t bound, std::uint32_t documents,
                            std::size_t limit) const;

 private:
  static constexpr std::size_t kMaxBytes = 40;  // longer words are addresses and numbers, not misspellings
  std::array<std::vector<Word>, kMaxBytes + 1> by_length_;
};

}  // namespace carrel::search
