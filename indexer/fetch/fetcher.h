// A run that brings copies of documents of the web up to date.
#pragma once

#include <cstdint>
#include <filesystem>

#include "indexer/fetch/address_lists.h"
#include "indexer/fetch/site_access.h"
#include "indexer/plan.h"
#include "indexer/report.h"
#include "indexer/run.h"
#include "search/schema/result.h"

namespace carrel::indexer {

struct FetchOptions {
  std::filesystem::path folder;  ///< of the copies
  ListOptions lists;
  AccessOptions access;
  std::int64_t gone_after_seconds = 24 * 3600;  ///< a copy goes when its site has said so for so long
  DeletionLimit deletions;                      ///< of copies that no list names any more
};

/// Fetches what the lists name and has changed. A row of the report for each address: added, changed,
/// unchanged, removed, skipped, failed. A copy stays whatever fails; it goes when its site has answered 404
/// or 410 at two times so far apart, when it asks not to be indexed, or when no list names it any more that
/// did, and all of those could be read whole. Errors: locked (another run fetches), unreadable, damaged,
/// no_space, refused (too many copies would go; nothing was removed then, but what is new was fetched).
Result<RunReport> fetch_documents(const FetchOptions& options, RunContext& context);

}  // namespace carrel::indexer
