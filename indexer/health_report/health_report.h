// The health report of a collection as files: a page to read, tables to work with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "indexer/health_report/findings.h"
#include "search/schema/result.h"

namespace carrel::indexer {

struct HealthReportOptions {
  std::optional<std::filesystem::path> html;
  std::optional<std::filesystem::path> csv;   ///< a row for each document behind each figure
  std::optional<std::filesystem::path> json;  ///< the figures with their documents
  std::size_t most_listed = 1000;             ///< documents in one list of the page; 0: all
  Expectations expectations;
};

/// What was written, for a last line.
struct HealthSummary {
  std::uint64_t files = 0;
  std::uint64_t in_good_order = 0;
  std::uint64_t to_mend = 0;  ///< found badly, or less is said of them than could be
  std::uint64_t unreadable = 0;
};

/// Looks at the index and writes the files that are asked for; each appears whole or not at all. Errors as
/// read_index_state, unreadable.
Result<HealthSummary> write_health_report(const std::filesystem::path& index,
                                          const HealthReportOptions& options);

}  // namespace carrel::indexer
