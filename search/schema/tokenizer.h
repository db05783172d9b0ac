// Cutting text into words: where a word begins and ends, and which term it becomes.
#pragma once

#include <cstddef>
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
  bool ideograph = false;   ///< one character of a script written without spaces (Han, kana, Thai…)
};

/// Calls `take` for each word of `text` in order. Words are runs of letters, marks and digits. Inside a word
/// stay: an English apostrophe ending ("victim's", either apostrophe), full stops of initials ("U.S.C." →
/// "usc"), points between digits ("2.5"), commas between thousands ("9,854" → "9854", but not the list
/// "101,102"), the apostrophe of Ukrainian words, soft hyphens and joiners without width (dropped). Each
/// character of a script written without spaces is a word of its own. Superscript digits (footnote marks) are
/// no part of a word. Forms longer than kMaxWordBytes are cut at a code point. `text` should be UTF-8; bad
/// bytes separate words.
void for_each_token(std::string_view text, const std::function<void(const Token&)>& take);

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
