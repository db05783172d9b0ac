// What a block's words say about its purpose, in the languages of the library.
#pragma once

#include <cstdint>
#include <string_view>

namespace carrel::indexer {

/// Counts of what a text is made of. "Words" are cut at blanks; three Chinese, Japanese or Korean characters
/// make about one.
struct TextShape {
  std::uint32_t words = 0;
  std::uint32_t sentence_ends = 0;
  std::uint32_t commas = 0;
  std::uint32_t capitals = 0;  ///< words that begin with one
  std::uint32_t digits = 0;
  bool ends_sentence = false;
  bool names_date = false;  ///< a short text with a date or a time of day in it
};

TextShape shape_of(std::string_view text);

/// How many phrases of furniture ("share this", "all rights reserved", "suscríbete") the text has; 0 for long
/// texts, which may well speak of such things.
int furniture_phrases_in(std::string_view text);

/// True for a short text that begins as "By Ana Ruiz" or "Von Ana Ruiz" or "Posted on" does.
bool begins_as_byline(std::string_view text);

}  // namespace carrel::indexer
