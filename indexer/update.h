// Bringing an index up to date with its sources.
#pragma once

#include "indexer/report.h"
#include "indexer/run.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// The stages of a run, each in a place of its own: gather_inputs (inputs.h), make_plan (plan.h), Pipeline
/// with DocumentReader, assemble and DocumentBuilder, IndexWriter. update() only carries documents from one
/// to the next.
///
/// Makes `options.index` hold what the sources hold. Reads new and changed documents in child processes,
/// removes what is gone, leaves the rest unopened. Commits in place in steps of bounded memory; the first run
/// builds a generation as rebuild() does. On an error what was committed stays and nothing else changes. An
/// interrupted run is no error: the report says so.
Result<RunReport> update(const UpdateOptions& options, RunContext context);

}  // namespace carrel::indexer
