// What the runs that write an index share: how they are asked, what they may say, how they report.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "indexer/extract/extractor_pool.h"
#include "indexer/inputs.h"
#include "indexer/ledger.h"
#include "indexer/memory_file.h"
#include "indexer/pipeline.h"
#include "indexer/plan.h"
#include "indexer/progress.h"
#include "indexer/report.h"

namespace carrel::indexer {

struct UpdateOptions {
  std::filesystem::path index;
  InputOptions inputs;
  PlanOptions plan;
  DeletionLimit deletions;
  PoolOptions pool;
  std::optional<std::filesystem::path> cache;  ///< file of the memory of extractions, else inside the index
  RecognitionOptions recognition;
  bool list_unchanged = false;  ///< a row of the report for each unchanged file too
};

/// What a run may be asked and may say while it works.
struct RunContext {
  Progress& progress;
  const std::atomic<bool>& stop;  ///< set from a signal handler: finish the document, keep what is done
  std::function<void(const std::string&)> note;  ///< one line for -v; may be empty
};

/// Where the extractions of an index are remembered.
MemoryFileOptions memory_options(const UpdateOptions& options);

/// Threads or children at work at once: as asked, else one a core.
/// Whether the languages that a run is to recognise are there. Error usage names the packages to install.
Result<void> check_recognition(const RecognitionOptions& options);

unsigned job_count(const PoolOptions& options);

/// The plan of a run, with contents looked at where that must decide. `hide`: what the rules that the index
/// will have hide.
Plan plan_run(const Inputs& inputs, const Ledger& ledger, const UpdateOptions& options, HiddenIds hide);

/// The files of a plan that must be read, in its order.
std::vector<const PlannedFile*> files_to_read(const Plan& plan);

/// Begins a report with what the plan alone decides: problems, files left as they are.
void report_plan(const Plan& plan, const Ledger& ledger, bool list_unchanged, RunReport& report);

/// The row of a document that came out of the pipeline.
ReportRow report_row(const ReadyDocument& ready);

/// "2026-03-01 12:00:00 UTC: 12 added, …" for the index to remember.
std::string run_line(const RunReport& report);

}  // namespace carrel::indexer
