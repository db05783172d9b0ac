// UTF-8: checking, mending, cutting and walking over code points.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace carrel::schema {

inline constexpr char32_t kReplacement = 0xfffd;

/// Length of the longest prefix of `text` that is well-formed UTF-8 (Unicode 15, table 3-7).
std::size_t valid_utf8_prefix(std::string_view text);

inline bool is_valid_utf8(std::string_view text) {
  return valid_utf8_prefix(text) == text.size();
}

/// `text` with each maximal ill-formed subsequence replaced by U+FFFD, as browsers do.
std::string repair_utf8(std::string_view text);

/// Appends the UTF-8 form of `code`; surrogates and numbers beyond U+10FFFF become U+FFFD.
void append_utf8(std::string& out, char32_t code);

/// The code point that begins at `at`, which is moved behind it. `text` is valid UTF-8, `at` < text.size().
inline char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const char32_t first = byte(at++);
  if (first < 0x80) return first;
  if (first < 0xe0) return ((first & 0x1f) << 6) | (byte(at++) & 0x3f);
  if (first < 0xf0) {
    const char32_t code = ((first & 0x0f) << 12) | ((byte(at) & 0x3fU) << 6) | (byte(at + 1) & 0x3fU);
    at += 2;
    return code;
  }
  const char32_t code = ((first & 0x07) << 18) | ((byte(at) & 0x3fU) << 12) | ((byte(at + 1) & 0x3fU) << 6) |
                        (byte(at + 2) & 0x3fU);
  at += 3;
  return code;
}

/// `text` (valid UTF-8) cut to at most `bytes` bytes, never inside a code point.
std::string_view cut_utf8(std::string_view text, std::size_t bytes);

}  // namespace carrel::schema
