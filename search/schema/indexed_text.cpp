#include "search/schema/indexed_text.h"

#include <algorithm>

namespace carrel::schema {
namespace {

bool cuts_code_point(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
}

/// Calls `take` with the beginning and end of each part of `text` between the ranges.
template <typename Take>
void for_each_part(std::string_view text, std::span<const TextRange> unindexed, Take take) {
  std::size_t at = 0;
  for (const TextRange& range : unindexed) {
    if (range.begin > at) take(at, range.begin);
    at = std::min(range.end, text.size());
  }
  if (at < text.size()) take(at, text.size());
}

}  // namespace

bool are_ranges_of(std::string_view text, std::span<const TextRange> ranges) {
  std::size_t free_from = 0;
  for (const TextRange& range : ranges) {
    if (range.begin < free_from || range.end <= range.begin || range.end > text.size()) return false;
    if (cuts_code_point(text, range.begin) || cuts_code_point(text, range.end)) return false;
    free_from = range.end + 1;
  }
  return true;
}

void for_each_indexed_token(std::string_view text, std::span<const TextRange> unindexed,
                            const std::function<void(const Token&)>& take) {
  for_each_part(text, unindexed, [&](std::size_t begin, std::size_t end) {
    if (begin == 0) {
      for_each_token(text.substr(0, end), take);
      return;
    }
    for_each_token(text.substr(begin, end - begin), [&](const Token& token) {
      Token moved = token;
      moved.begin += begin;
      moved.end += begin;
      take(moved);
    });
  });
}

std::string indexed_text(std::string_view text, std::span<const TextRange> unindexed) {
  std::string out;
  out.reserve(text.size());
  for_each_part(text, unindexed, [&](std::size_t begin, std::size_t end) {
    std::string_view part = text.substr(begin, end - begin);
    while (begin > 0 && part.starts_with('\n')) part.remove_prefix(1);
    while (end < text.size() && part.ends_with('\n')) part.remove_suffix(1);
    if (part.empty()) return;
    if (!out.empty()) out.push_back('\n');
    out.append(part);
  });
  return out;
}

}  // namespace carrel::schema
