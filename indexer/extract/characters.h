// Cleaning, step one: characters. Everything here is about single code points, not lines or words.
#pragma once

#include <string>
#include <string_view>

namespace carrel::indexer {

/// Marks where a soft hyphen stood right before a line's end; only between the two steps of cleaning.
inline constexpr char kSoftBreak = '\x1f';

/// `raw` as valid UTF-8 in NFC: ligatures U+FB00–FB06 opened, zero-width, bidirectional and control
/// characters removed, private-use characters and all kinds of blanks turned into ' ', '\r' and "\r\n" into
/// '\n', U+2028, U+2029 and '\f' into "\n\n". A soft hyphen before a '\n' becomes kSoftBreak, elsewhere it
/// goes.
std::string normalise_characters(std::string_view raw);

/// True for letters of scripts that are written without blanks between words (Han, Kana), and their
/// punctuation.
bool joins_without_blank(char32_t code);

/// True for letters and combining marks of any script.
bool is_letter(char32_t code);

}  // namespace carrel::indexer
