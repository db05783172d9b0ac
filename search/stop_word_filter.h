// Leaves stop words out of queries that have other words.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "search/query_node.h"

namespace carrel::search {

/// Removes from every group under `root` the wanted words that are stop words of the query's likely language,
/// as long as another clause to be found remains in the group. Stays: what is required (+the, the AND x),
/// exact, inside phrases, or in capitals among small letters (WHO, IT).
void drop_stop_words(QueryNode& root, std::string_view query, std::span<const std::string> languages);

}  // namespace carrel::search
