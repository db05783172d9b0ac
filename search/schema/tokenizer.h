// Cutting text into words: where a word begins and ends, and which term it becomes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace carrel::schema {

/// One word of a text. Consecutive tokens have consecutive positions.
struct Token {
  std::size_t begin = 0;    ///< byte offset of its first byte in the text
  std::size_t end = 0;      ///< byte offset behind its last byte
  std::string_view folded;  ///< the term: case and accents folded; valid only during the call
  std::string_view exact;   ///< case folded, accents kept; equal to `folded` when there are none
  std::size_t ordinal = 0;  ///< which word of the text it is, from 0
  bool ideograph = false;   ///< one character of a script written without spaces (Han, kana, Thai…)
};

/// Passes over words that nobody looks for, before anything is made of them. Only words of plain ASCII that
/// stand alone are passed over; all others come, and some that are not looked for may.
class WordFilter {
 public:
  /// Looks for `word` too: a folded form.
  void want(std::string_view word);
  /// False when no wanted word begins with `first` (ASCII, any case) and has `size` bytes.
  bool may_want(char first, std::size_t size) const {
    return (sizes_[static_cast<unsigned char>(first) & 0x1f] >> (size < 63 ? size : 63) & 1) != 0;
  }

 private:
  std::array<std::uint64_t, 32> sizes_{};  ///< by the low bits of the first letter or digit: sizes as bits
};

/// Calls `take` for each word of `text` in order. Words are runs of letters, marks and digits. Inside a word
/// stay: an English apostrophe ending ("victim's", either apostrophe), full stops of initials ("U.S.C." →
/// "usc"), points between digits ("2.5"), commas between thousands ("9,854" → "9854", but not the list
/// "101,102"), the apostrophe of Ukrainian words, soft hyphens and joiners without width (dropped). Each
/// character of a script written without spaces is a word of its own. Superscript digits (footnote marks) are
/// no part of a word. Forms longer than kMaxWordBytes are cut at a code point. `text` should be UTF-8; bad
/// bytes separate words.
/// With a filter only words that it may want are given.
void for_each_token(std::string_view text, const std::function<void(const Token&)>& take,
                    const WordFilter* filter = nullptr);

struct TokenStep {
  std::size_t end = 0;   ///< of the word, or of the sign that is none
  bool is_word = false;  ///< `take` was called, if there is one
};

/// One step of for_each_token(): looks at `at`, which is 0 or where the step before ended, and calls `take`
/// when a word begins there; its ordinal means nothing. Without `take` nothing is made of the word, which
/// costs less.
TokenStep step_over_token(std::string_view text, std::size_t at,
                          const std::function<void(const Token&)>& take);

inline constexpr std::size_t kMaxWordBytes = 64;

/// The tokens of a short text with their own storage, for queries and tests.
struct OwnedToken {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string folded;
  std::string exact;
  bool ideograph = false;
};
std::vector<OwnedToken> tokenize(std::string_view text);

}  // namespace carrel::schema
