// The commands of `carrel-index` that read an index and change nothing. Each prints for people and returns
// the exit code.
#pragma once

#include "indexer/command_line.h"
#include "search/schema/result.h"

namespace carrel::indexer {

Result<int> run_plan(const CommandLine& line);
Result<int> run_status(const CommandLine& line);
Result<int> run_why(const CommandLine& line);
Result<int> run_check(const CommandLine& line);
Result<int> run_report(const CommandLine& line);

}  // namespace carrel::indexer
