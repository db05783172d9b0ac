// Which words of a page's text are in the index: all but those of running heads, page numbers and the like,
// which belong to the page as people see it and would only blur what it is found by.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "search/schema/tokenizer.h"

namespace carrel::schema {

/// Half-open range of bytes of a text.
struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;

  friend bool operator==(const TextRange&, const TextRange&) = default;
};

/// Whether `ranges` are in order, not empty, do not touch each other, lie inside `text` and cut no code point
/// of it.
bool are_ranges_of(std::string_view text, std::span<const TextRange> ranges);

/// Calls `take` for each word of `text` that is indexed, in order: its tokens outside of `unindexed`, as if
/// the ranges were line feeds. Writer and reader both count positions by it: consecutive calls have
/// consecutive positions. Offsets are those of `text`. `unindexed` as are_ranges_of() wants it.
void for_each_indexed_token(std::string_view text, std::span<const TextRange> unindexed,
                            const std::function<void(const Token&)>& take);

/// `text` without its unindexed ranges, a line feed where one lay between two parts: what snippets are cut
/// from. for_each_token() finds the same words in it, in the same order.
std::string indexed_text(std::string_view text, std::span<const TextRange> unindexed);

}  // namespace carrel::schema
