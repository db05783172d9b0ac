// Searches under names, kept in a file of the person's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/schema/result.h"

namespace carrel::search::cli {

/// In the person's folder of configuration, when no other is named.
inline constexpr const char* kSearchesFile = "searches.toml";

/// `name = "a query"` or `name = ["--topic", "housing", "a query"]`: the arguments of a command line.
struct SavedSearch {
  std::string name;
  std::vector<std::string> arguments;
};

/// In the order of names. Errors (usage, unreadable, not_found) say file, line and column.
Result<std::vector<SavedSearch>> read_saved_searches(const std::string& file);

/// Errors too: not_found, with the name that may be meant.
Result<SavedSearch> find_saved_search(const std::string& file, std::string_view name);

}  // namespace carrel::search::cli
