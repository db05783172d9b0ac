// Completions of what is being typed, from what the library itself holds.
#pragma once

#include <string_view>
#include <vector>

#include <xapian.h>

#include "search/answer.h"
#include "search/suggestion_index.h"

namespace carrel::search {

/// At most `limit` completions: topics, names of concepts, titles, identifiers, phrases, words; within a kind
/// those that begin with what was typed first, then the more frequent ones; what was found by allowing for
/// slips comes behind. The last word of `typed` is taken as a beginning, those before it as whole; case and
/// accents do not matter. None finds nothing; none stands twice.
std::vector<Suggestion> suggest(const Xapian::Database& database, const SuggestionIndex& index,
                                std::string_view typed, std::size_t limit);

}  // namespace carrel::search
