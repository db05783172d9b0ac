// Folding: how the letters of a word become the letters of a term, the same when writing and when asking.
#pragma once

#include <string>
#include <string_view>

namespace carrel::schema {

/// The exact form of a word: NFKC and case folded, accents kept ("Ñandú" → "ñandú"). `word` must be UTF-8.
std::string exact_form(std::string_view word);

/// The folded form: the exact form with Latin, Greek and Cyrillic accents, Arabic and Hebrew vowel points
/// taken away and letters such as đ, ø, ł, æ opened ("Ñandú" → "nandu", "đường" → "duong"). Vowel signs of
/// scripts that need them (Devanagari, Thai…) stay. Also one: the spellings of alef, yeh, kaf and heh in
/// Arabic script, traditional and simplified Chinese characters, and the digits of all scripts.
std::string folded_form(std::string_view word);

/// The folded form of an exact form (saves folding the case again).
std::string strip_accents(std::string_view exact);

/// Number of code points in valid UTF-8.
std::size_t count_code_points(std::string_view text);

}  // namespace carrel::schema
