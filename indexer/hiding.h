// Resources that the rules hide: they are met and remembered like other files, but never in the index, so
// that no search, count, suggestion or address can show them.
#pragma once

#include <string>
#include <string_view>

#include "indexer/ledger.h"
#include "indexer/plan.h"
#include "indexer/resource.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// LedgerEntry::code of a hidden file.
inline constexpr std::string_view kHidden = "hidden";

/// The ids that encoded rules hide. Error damaged.
Result<HiddenIds> hidden_by(const std::string& encoded_rules);

/// Makes `entry` say that the rules hide its resource.
void make_hidden(LedgerEntry& entry);

/// What the ledger remembers of a file that is hidden without being read (Action::hide). `before` is the
/// ledger of the plan.
LedgerEntry hidden_entry(const PlannedFile& planned, const Ledger& before, const ResourceOptions& options);

}  // namespace carrel::indexer
