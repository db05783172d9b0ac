// Characters of UTF-8 text that queries and snippets look at: blanks, quotation marks, code points.
#pragma once

#include <cstddef>
#include <string_view>

namespace carrel::search {

/// True for every byte that begins a code point.
constexpr bool begins_code_point(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
}

/// Bytes of the white space (also no-break, thin and full-width blanks) at the start of `text`; 0 when there
/// is none.
std::size_t blank_length(std::string_view text);

/// Bytes of the double quotation mark of any style at the start of `text`; 0 when there is none.
std::size_t quote_length(std::string_view text);

}  // namespace carrel::search
