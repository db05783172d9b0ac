// Building a whole generation beside the one that answers, judging it, and letting it take its place.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "indexer/index_folder.h"
#include "indexer/judgements.h"
#include "indexer/run.h"
#include "search/schema/result.h"

namespace carrel::indexer {

struct RebuildOptions {
  UpdateOptions update;
  std::optional<std::filesystem::path> judgements;  ///< file of judged queries
  std::filesystem::path search_program;             ///< asks them
};

/// Builds the first generation of an index. An interrupted run keeps what it has read.
Result<RunReport> build_first(const Inputs& inputs, IndexFolder& folder, const UpdateOptions& options,
                              RunContext& context);

/// Builds the index anew from its sources, with what the documents yielded before. Readers ask the old
/// generation until the new one is complete, checked and swapped in. It is refused, and kept in
/// DIR/candidate until the next run for whoever wants to look at it, when Xapian's check finds something,
/// when too many resources are missing, or when it answers the judged queries worse. An interrupted run
/// changes nothing; the report says so.
Result<RunReport> rebuild(const RebuildOptions& options, RunContext context);

}  // namespace carrel::indexer
