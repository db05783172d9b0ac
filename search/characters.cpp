#include "search/characters.h"

#include <array>

namespace carrel::search {
namespace {

/// Beside those of ASCII.
constexpr std::array<std::string_view, 7> kWideBlanks = {"\u00a0", "\u2002", "\u2003", "\u2009",
                                                         "\u202f", "\u3000", "\u200b"};
constexpr std::array<std::string_view, 10> kQuotes = {"\"",     "\u201c", "\u201d", "\u201e", "\u201f",
                                                      "\u00ab", "\u00bb", "\uff02", "\u300c", "\u300d"};

template <std::size_t N>
std::size_t length_of_one(std::string_view text, const std::array<std::string_view, N>& candidates) {
  for (const std::string_view candidate : candidates) {
    if (text.starts_with(candidate)) return candidate.size();
  }
  return 0;
}

}  // namespace

std::size_t blank_length(std::string_view text) {
  // Most characters are letters of ASCII, and are asked about one by one.
  if (text.empty()) return 0;
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return first == ' ' || (first >= '\t' && first <= '\r') ? 1 : 0;
  return length_of_one(text, kWideBlanks);
}

std::size_t quote_length(std::string_view text) {
  return length_of_one(text, kQuotes);
}

}  // namespace carrel::search
