// What the librarians' rules promise, asked of an index.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "indexer/search_program.h"
#include "search/schema/result.h"
#include "search/schema/rules.h"

namespace carrel::indexer {

/// Why the answer does not do what is expected, in a sentence; empty when it does.
std::string why_broken(const schema::Expectation& expectation, const ShownAnswer& answer);

/// Asks `program` (carrel-search) every expectation of the index and answers with a sentence for each that
/// does not hold, beginning with its place in the file. Errors: failed.
Result<std::vector<std::string>> broken_expectations(const schema::Rules& rules,
                                                     const std::filesystem::path& program,
                                                     const std::filesystem::path& index);

/// What of the rules has no effect on the index, a sentence each: best bets of resources that it does not
/// hold, and best bets whose last day is over; `today` is "2026-11-25". Errors as stored_resource.
Result<std::vector<std::string>> idle_rules(const schema::Rules& rules, const std::filesystem::path& index,
                                            std::string_view today);

}  // namespace carrel::indexer
