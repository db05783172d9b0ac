// Bringing an index up to date with its sources.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "indexer/catalogue.h"
#include "indexer/extract/extractor_pool.h"
#include "indexer/plan.h"
#include "indexer/progress.h"
#include "indexer/report.h"
#include "search/schema/result.h"

namespace carrel::indexer {

struct UpdateOptions {
  std::filesystem::path index;
  std::vector<std::filesystem::path> sources;
  std::optional<std::filesystem::path> catalogue;
  PlanOptions plan;
  DeletionLimit deletions;
  PoolOptions pool;
};

/// Sources and catalogue, read and found in order: everything that can be wrong before an index is touched.
struct Inputs {
  std::vector<SourceListing> sources;
  std::optional<Catalogue> catalogue;
};

/// Lists the sources and reads the catalogue. Errors name the first thing that is wrong. A source that does
/// not exist is an error, so that an unmounted disk never looks like an empty library.
Result<Inputs> gather_inputs(const UpdateOptions& options);

/// What a run may be asked and may say while it works.
struct RunContext {
  Progress& progress;
  const std::atomic<bool>& stop;  ///< set from a signal handler: finish the document, keep what is done
  std::function<void(const std::string&)> note;  ///< one line for -v; may be empty
};

/// Makes `options.index` hold what the sources hold. Reads new and changed documents in child processes,
/// removes what is gone, leaves the rest unopened. Commits in steps of bounded memory. On an error what was
/// committed stays and nothing else changes. An interrupted run is no error: the report says so.
Result<RunReport> update(const UpdateOptions& options, RunContext context);

}  // namespace carrel::indexer
