// Asking carrel-search, as people ask it: reading an index is no business of the indexer.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "search/schema/result.h"

namespace carrel::indexer {

/// The carrel-search that is installed beside this program, or lies in the same build folder.
std::filesystem::path search_program();

/// What an answer shows, as far as checks look at it.
struct ShownAnswer {
  std::vector<std::string> hits;       ///< ids, best first
  std::vector<std::string> best_bets;  ///< ids of rules, and of the resources that they show
  std::vector<std::string> help;       ///< ids of the cards
  std::string redirect;                ///< an address, or empty
};

/// Asks `program` a query of the index, as it was typed. Error failed when it cannot be started or ends
/// badly.
Result<ShownAnswer> ask_search_program(const std::filesystem::path& program,
                                       const std::filesystem::path& index, const std::string& query,
                                       std::size_t limit);

}  // namespace carrel::indexer
