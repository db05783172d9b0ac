// Words in scripts that are written without spaces.
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "search/query_node.h"

namespace carrel::search {

/// Cuts a run of such characters into words by ICU's dictionaries (Chinese, Japanese, Thai, Lao, Khmer,
/// Burmese) and answers where each begins and ends, as indices. Particles of one character are left out
/// unless there is nothing else; other single characters side by side are one word. Documents are indexed character by character, so a query whose words ICU
/// cuts otherwise than the writer meant loses nothing. `characters` is not empty.
std::vector<std::pair<std::size_t, std::size_t>> words_among(std::span<const QueryWord> characters);

}  // namespace carrel::search
