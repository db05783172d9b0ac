#include "indexer/commands.h"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "indexer/index_folder.h"
#include "indexer/index_writer.h"
#include "indexer/inspection.h"
#include "indexer/report.h"
#include "indexer/search_program.h"
#include "indexer/source_commands.h"
#include "indexer/warning_codes.h"
#include "indexer/watch.h"
#include "search/schema/index_directory.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

constexpr int kAllGood = 0;
constexpr int kSomeFailed = 1;
constexpr int kUsage = 2;
constexpr int kLocked = 3;
constexpr int kInterrupted = 130;

void print_rows(const RunReport& report) {
  for (const ReportRow& row : report.rows) {
    if (row.action == "failed") continue;
    fmt::print("{:9} {}{}\n", row.action, schema::repair_utf8(row.path),
               row.action == "skipped" ? fmt::format(" ({})", row.text) : "");
    for (const std::string& warning : row.warnings) fmt::print("          warning {}\n", warning);
  }
}

void print_failures(const RunReport& report) {
  for (const ReportRow& row : report.rows) {
    if (row.action == "failed") {
      fmt::print(stderr, "failed: {}: {} ({})\n", schema::repair_utf8(row.path), row.text, row.reason);
    }
  }
}

/// What a librarian can mend, by kind; each document is in the report.
void print_warnings(const RunReport& report) {
  const auto counts = count_warnings(report.rows);
  if (counts.empty()) return;
  fmt::print("Warnings:\n");
  for (const WarningCount& count : counts) fmt::print("{}\n", to_line(count));
}

/// `update` and `rebuild`.
Result<int> run_writing(const CommandLine& line, const std::atomic<bool>& stop) {
  if (line.report) {
    if (auto named = check_report_name(*line.report); !named) return std::unexpected(named.error());
  }
  if (auto there = check_recognition(line.update.recognition); !there) return std::unexpected(there.error());
  const auto progress = make_progress(line.progress);
  RunContext context{.progress = *progress, .stop = stop, .note = {}};
  if (line.verbose) context.note = [](const std::string& text) { fmt::print(stderr, "{}\n", text); };
  const bool whole = line.command == Command::rebuild;
  const auto report =
      whole ? rebuild(
                  {.update = line.update, .judgements = line.judgements, .search_program = search_program()},
                  context)
            : update(line.update, context);
  if (!report) return std::unexpected(report.error());
  if (line.verbose) print_rows(*report);
  if (!line.quiet) {
    print_failures(*report);
    for (const std::string& note : report->notes) fmt::print(stderr, "note: {}.\n", note);
  }
  if (line.report) {
    if (auto written = write_report(*report, *line.report); !written) return std::unexpected(written.error());
  }
  if (!line.quiet) {
    print_warnings(*report);
    fmt::print("{}; the index {} holds revision {}\n", summary_line(*report), line.update.index.string(),
               report->revision);
  }
  if (report->interrupted) {
    fmt::print(stderr, "Interrupted: {}.\n",
               whole ? "the index is as it was, run again to build the new one"
                     : "what was done is kept, run again to go on");
    return kInterrupted;
  }
  return report->count("failed") > 0 ? kSomeFailed : kAllGood;
}

/// Runs until it is asked to stop, which is its good end.
Result<int> run_watch(const CommandLine& line, const std::atomic<bool>& stop) {
  const auto progress =
      make_progress(line.progress == ProgressStyle::automatic ? ProgressStyle::none : line.progress);
  RunContext context{.progress = *progress, .stop = stop, .note = {}};
  std::set<std::string> told;
  std::string revision;
  const auto say_once = [&](std::string sentence) {
    if (told.insert(sentence).second) fmt::print(stderr, "{}\n", sentence);
  };
  const WatchListener listener{
      .updated =
          [&](const RunReport& report) {
            for (const ReportRow& row : report.rows) {
              if (row.action == "failed" && !line.quiet) {
                say_once(
                    fmt::format("failed: {}: {} ({})", schema::repair_utf8(row.path), row.text, row.reason));
              }
            }
            if (revision != report.revision && !line.quiet) {
              fmt::print("{}; revision {}\n", run_line(report), report.revision);
              std::fflush(stdout);
            }
            revision = report.revision;
          },
      .failed = [&](const Error& error) { fmt::print(stderr, "carrel-index: {}\n", to_line(error)); },
      .note = [&](const std::string& sentence) { fmt::print(stderr, "note: {}.\n", sentence); }};
  const auto as_milliseconds = [](double seconds) {
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
  };
  auto watched =
      watch({.update = line.update,
             .settle = as_milliseconds(line.settle),
             .scan_every = std::chrono::ceil<std::chrono::seconds>(as_milliseconds(line.scan_every))},
            context, listener);
  if (!watched) return std::unexpected(watched.error());
  return kAllGood;
}

Result<int> run_rollback(const CommandLine& line) {
  // A folder that is no index is not made one by going back in it.
  if (auto current = schema::current_generation(line.update.index); !current) {
    return std::unexpected(current.error());
  }
  auto folder = IndexFolder::open(line.update.index, "rollback");
  if (!folder) return std::unexpected(folder.error());
  if (auto back = folder->roll_back(); !back) return std::unexpected(back.error());
  const auto state = read_index_state(line.update.index);
  if (!state) return std::unexpected(state.error());
  fmt::print("{} answers again: revision {}, {} resources; run rollback once more to undo this.\n",
             state->generation.filename().string(), state->revision, state->resources);
  return kAllGood;
}

}  // namespace

Result<int> run_command(const CommandLine& line, const std::atomic<bool>& stop) {
  switch (line.command) {
    case Command::update:
    case Command::rebuild:
      return run_writing(line, stop);
    case Command::watch:
      return run_watch(line, stop);
    case Command::rollback:
      return run_rollback(line);
    case Command::plan:
      return run_plan(line);
    case Command::status:
      return run_status(line);
    case Command::why:
      return run_why(line);
    case Command::check:
      return run_check(line);
    case Command::catalog_import:
      return run_catalog_import(line, stop);
    case Command::catalog_export:
      return run_catalog_export(line);
    case Command::fetch:
      return run_fetch(line, stop);
    case Command::report:
      return run_report(line);
  }
  std::unreachable();
}

int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::locked:
      return kLocked;
    case ErrorKind::interrupted:
      return kInterrupted;
    default:
      return kUsage;
  }
}

}  // namespace carrel::indexer
