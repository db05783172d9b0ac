#include "indexer/source_commands.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "indexer/catalogue_exchange/catalogue_writer.h"
#include "indexer/catalogue_exchange/index_rows.h"
#include "indexer/fetch/robots.h"
#include "indexer/report.h"
#include "indexer/whole_file.h"

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

Result<int> run_catalog_import(const CommandLine& line, const std::atomic<bool>& stop) {
  const auto outcome = import_catalogue(line.catalogue_import, stop);
  if (!outcome) return std::unexpected(outcome.error());
  fmt::print("{}", to_text(outcome->plan));
  for (const RecordRemark& remark : outcome->remarks)
    fmt::print(stderr, "left out: {}: {}\n", remark.where, remark.text);
  for (const RecordRemark& record : outcome->skipped)
    fmt::print(stderr, "skipped: {}: {}\n", record.where, record.text);
  for (const std::string& note : outcome->notes) fmt::print(stderr, "note: {}.\n", note);
  const auto count = [&](RowChange change) {
    return std::ranges::count(outcome->plan.differences, change, &RowDifference::change);
  };
  const char* const end = outcome->written                    ? "written to"
                          : outcome->plan.differences.empty() ? "nothing to write to"
                                                              : "nothing was written, --apply writes to";
  fmt::print("{} added, {} changed, {} removed, {} unchanged; {} {}\n", count(RowChange::added),
             count(RowChange::changed), count(RowChange::removed), outcome->plan.unchanged, end,
             line.catalogue_import.catalogue.string());
  return kAllGood;
}

Result<int> run_catalog_export(const CommandLine& line) {
  const CatalogueExport& wanted = line.catalogue_export;
  std::vector<CatalogueRow> rows;
  if (wanted.catalogue) {
    auto catalogue = Catalogue::load(*wanted.catalogue);
    if (!catalogue) return std::unexpected(catalogue.error());
    rows = catalogue->rows();
  } else {
    auto of_index = rows_of_index(*wanted.index);
    if (!of_index) return std::unexpected(of_index.error());
    rows = std::move(*of_index);
  }
  const bool lines = wanted.format.empty() ? wanted.output && Catalogue::is_json_lines(*wanted.output)
                                           : wanted.format == "jsonl";
  const std::string text = lines ? catalogue_json_lines(rows) : catalogue_csv(rows);
  if (!wanted.output) {
    fmt::print("{}", text);
    return kAllGood;
  }
  if (auto written = write_whole_file(*wanted.output, text); !written)
    return std::unexpected(written.error());
  if (!line.quiet) fmt::print("{} rows written to {}\n", rows.size(), wanted.output->string());
  return kAllGood;
}

}  // namespace carrel::indexer
