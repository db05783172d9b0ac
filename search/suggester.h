// Completions of what is being typed, from titles, topics and words of the documents alone.
#pragma once

#include <string_view>
#include <vector>

#include <xapian.h>

#include "search/answer.h"
#include "search/facet_columns.h"

namespace carrel::search {

/// At most `limit` completions: topics first, then titles, then words; within a kind the most frequent first.
/// The last word of `typed` is taken as a beginning, those before it as whole; case and accents do not
/// matter.
std::vector<Suggestion> suggest(const Xapian::Database& database, const FacetColumns& columns,
                                std::string_view typed, std::size_t limit);

}  // namespace carrel::search
