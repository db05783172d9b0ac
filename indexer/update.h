// Bringing an index up to date with its sources.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "indexer/document_reader.h"
#include "indexer/inputs.h"
#include "indexer/memory_file.h"
#include "indexer/plan.h"
#include "indexer/progress.h"
#include "indexer/report.h"
#include "search/schema/result.h"

namespace carrel::indexer {

struct UpdateOptions {
  std::filesystem::path index;
  InputOptions inputs;
  PlanOptions plan;
  DeletionLimit deletions;
  PoolOptions pool;
  std::optional<std::filesystem::path> cache;  ///< file of the memory of extractions, else inside the index
};

/// Where the extractions of an index are remembered.
MemoryFileOptions memory_options(const UpdateOptions& options);

/// What a run may be asked and may say while it works.
struct RunContext {
  Progress& progress;
  const std::atomic<bool>& stop;  ///< set from a signal handler: finish the document, keep what is done
  std::function<void(const std::string&)> note;  ///< one line for -v; may be empty
};

/// The stages of a run, each in a place of its own: gather_inputs (inputs.h), make_plan (plan.h),
/// DocumentReader, assemble (assembly.h), IndexWriter. update() only carries documents from one to the next.
///
/// Makes `options.index` hold what the sources hold. Reads new and changed documents in child processes,
/// removes what is gone, leaves the rest unopened. Commits in steps of bounded memory. On an error what was
/// committed stays and nothing else changes. An interrupted run is no error: the report says so.
Result<RunReport> update(const UpdateOptions& options, RunContext context);

}  // namespace carrel::indexer
