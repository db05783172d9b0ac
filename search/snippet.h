// Cuts the place to show out of a page's text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/answer.h"
#include "search/text_matches.h"

namespace carrel::search {

inline constexpr std::size_t kSnippetCharacters = 240;

struct Snippet {
  std::string text;  ///< runs of white space are one blank; “…” where it begins or ends inside a sentence
  std::vector<Mark> marks;  ///< in code points of `text`
};

/// At most `limit` code points of `text` around the place where the most different targets of `matches` stand
/// together, beginning at a sentence where one begins near, else at a word. `weights` are by target.
Snippet cut_snippet(std::string_view text, std::span<const TextMatch> matches,
                    std::span<const double> weights, std::size_t limit = kSnippetCharacters);

}  // namespace carrel::search
