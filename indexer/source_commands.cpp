#include "indexer/source_commands.h"

#include <cstdio>

#include <fmt/format.h>

#include "indexer/fetch/robots.h"
#include "indexer/report.h"

namespace carrel::indexer {

namespace {

constexpr int kAllGood = 0;
constexpr int kSomeFailed = 1;
constexpr int kInterrupted = 130;

void print_rows(const RunReport& report, const CommandLine& line) {
  for (const ReportRow& row : report.rows) {
    if (row.action == "failed" && !line.quiet) {
      fmt::print(stderr, "failed: {}: {} ({})\n", row.path, row.text, row.reason);
    } else if (line.verbose) {
      fmt::print("{:9} {} ({})\n", row.action, row.path, row.text);
    }
  }
  if (line.quiet) return;
  for (const std::string& note : report.notes) fmt::print(stderr, "note: {}.\n", note);
}

}  // namespace

Result<int> run_fetch(const CommandLine& line, const std::atomic<bool>& stop) {
  if (line.report) {
    if (auto named = check_report_name(*line.report); !named) return std::unexpected(named.error());
  }
  if (product_token(line.fetch.access.http.user_agent).empty()) {
    return fail(ErrorKind::usage, "the user agent begins with no word of letters, '-' and '_'",
                "write --user-agent 'Library/1.0 (+https://example.org/about)'");
  }
  const auto progress = make_progress(line.progress);
  RunContext context{.progress = *progress, .stop = stop, .note = {}};
  const auto report = fetch_documents(line.fetch, context);
  if (!report) return std::unexpected(report.error());
  print_rows(*report, line);
  if (line.report) {
    if (auto written = write_report(*report, *line.report); !written) return std::unexpected(written.error());
  }
  if (!line.quiet)
    fmt::print("{}; the copies are in {}\n", summary_line(*report), line.fetch.folder.string());
  if (report->interrupted) {
    fmt::print(stderr, "Interrupted: what was fetched is kept, run again to go on.\n");
    return kInterrupted;
  }
  return report->count("failed") > 0 ? kSomeFailed : kAllGood;
}

}  // namespace carrel::indexer
