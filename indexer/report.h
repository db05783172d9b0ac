// The report of a run: a row a document, so that none is lost without a reason.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "search/schema/result.h"

namespace carrel::indexer {

/// What a run did with one file.
struct ReportRow {
  std::string path;
  std::string id;          ///< empty when it is not in the index
  std::string action;      ///< added, changed, moved, rebuilt, unchanged, removed, skipped, failed
  std::string reason;      ///< stable code: new, changed, unchanged, gone, noindex, encrypted, damaged…
  std::string text;        ///< the reason in a sentence
  std::string extraction;  ///< "read" by a reader in this run, "remembered" from an earlier one, else empty
  std::uint64_t pages = 0;
  std::uint64_t characters = 0;
  double seconds = 0;
  std::vector<std::string> warnings;  ///< "code: sentence"
};

struct RunReport {
  std::vector<ReportRow> rows;  ///< sorted by path at the end of a run
  double seconds = 0;
  std::uint64_t opened = 0;              ///< documents that a reader has opened and read
  std::uint64_t remembered = 0;          ///< documents whose text was remembered instead
  std::vector<std::string> notes;        ///< sentences on what went wrong beside the documents
  std::uint64_t unlisted_unchanged = 0;  ///< unchanged files that have no row
  std::string revision;
  bool interrupted = false;
  bool planned = false;  ///< it says what would be done, with the actions of a plan

  std::uint64_t count(std::string_view action) const;
};

/// Writes the rows as CSV, or, when the name ends in .json, as one JSON object. The file appears whole or not
/// at all. Errors: usage (another ending), unreadable, no_space.
Result<void> write_report(const RunReport& report, const std::filesystem::path& file);

/// Whether write_report can take a file of this name; asked before a run begins.
Result<void> check_report_name(const std::filesystem::path& file);

/// "12 added, 1 changed, 0 removed, 40 unchanged, 2 failed in 3.2 s".
std::string summary_line(const RunReport& report);

}  // namespace carrel::indexer
