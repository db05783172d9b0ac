// The commands of `carrel-index` about where documents and what is said of them come from.
#pragma once

#include <atomic>

#include "indexer/command_line.h"
#include "search/schema/result.h"

namespace carrel::indexer {

Result<int> run_fetch(const CommandLine& line, const std::atomic<bool>& stop);
Result<int> run_catalog_import(const CommandLine& line, const std::atomic<bool>& stop);
Result<int> run_catalog_export(const CommandLine& line);

}  // namespace carrel::indexer
