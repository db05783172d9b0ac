#include "indexer/commands.h"

#include <filesystem>

#include <fmt/format.h>

#include "indexer/index_writer.h"
#include "indexer/plan.h"
#include "indexer/report.h"
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

void print_failures(const RunReport& report) {
  for (const ReportRow& row : report.rows) {
    if (row.action == "failed") {
      fmt::print(stderr, "failed: {}: {} ({})\n", schema::repair_utf8(row.path), row.text, row.reason);
    }
  }
}

Result<int> run_update(const CommandLine& line, const std::atomic<bool>& stop) {
  if (line.report) {
    if (auto named = check_report_name(*line.report); !named) return std::unexpected(named.error());
  }
  const auto progress = make_progress(line.progress);
  RunContext context{.progress = *progress, .stop = stop, .note = {}};
  if (line.verbose) context.note = [](const std::string& text) { fmt::print(stderr, "{}\n", text); };
  const auto report = update(line.update, context);
  if (!report) return std::unexpected(report.error());
  if (line.verbose) {
    for (const ReportRow& row : report->rows) {
      if (row.action == "failed") continue;
      fmt::print("{:9} {}{}\n", row.action, schema::repair_utf8(row.path),
                 row.action == "skipped" ? fmt::format(" ({})", row.text) : "");
      for (const std::string& warning : row.warnings) fmt::print("          warning {}\n", warning);
    }
  }
  if (!line.quiet) {
    print_failures(*report);
    for (const std::string& note : report->notes) fmt::print(stderr, "note: {}.\n", note);
  }
  if (line.report) {
    if (auto written = write_report(*report, *line.report); !written) return std::unexpected(written.error());
  }
  if (!line.quiet) {
    fmt::print("{}; the index {} holds revision {}\n", summary_line(*report), line.update.index.string(),
               report->revision);
  }
  if (report->interrupted) {
    fmt::print(stderr, "Interrupted: what was done is kept, run again to go on.\n");
    return kInterrupted;
  }
  return report->count("failed") > 0 ? kSomeFailed : kAllGood;
}

Result<int> run_plan(const CommandLine& line) {
  const auto inputs = gather_inputs(line.update.inputs);
  if (!inputs) return std::unexpected(inputs.error());
  Ledger nothing;
  auto state = read_index_state(line.update.index);
  if (!state && state.error().kind != ErrorKind::not_found) return std::unexpected(state.error());
  const Plan plan = make_plan(inputs->sources, inputs->catalogue_or_null(), state ? state->ledger : nothing,
                              line.update.plan);
  for (const PlannedFile& planned : plan.files) {
    if (planned.action == Action::unchanged && !line.verbose) continue;
    fmt::print("{:13} {} ({})\n", to_string(planned.action), schema::repair_utf8(planned.file.path),
               planned.reason);
  }
  for (const PlannedFailure& failure : plan.failures) {
    fmt::print("{:13} {} ({})\n", "problem", schema::repair_utf8(failure.path), failure.text);
  }
  fmt::print(
      "{} to add, {} to change, {} to try again, {} to remove, {} unchanged, {} failed before, {} problems\n",
      plan.count(Action::add), plan.count(Action::change), plan.count(Action::retry),
      plan.count(Action::remove), plan.count(Action::unchanged), plan.count(Action::failed_before),
      plan.failures.size());
  if (auto allowed = check_deletions(plan, line.update.deletions); !allowed) {
    fmt::print("update would refuse: {}\n", to_line(allowed.error()));
  }
  return kAllGood;
}

void print_memory(const fs::path& file) {
  const auto census = read_census(file);
  if (!census) {
    fmt::print("memory     none\n");
    return;
  }
  fmt::print("memory     {:.1f} MB: {} documents, {} recognised pages ({})\n",
             static_cast<double>(census->file_bytes) / 1e6, census->documents, census->recognised_pages,
             file.string());
}

Result<int> run_status(const CommandLine& line) {
  const auto state = read_index_state(line.update.index);
  if (!state) return std::unexpected(state.error());
  std::uint64_t failed = 0;
  std::uint64_t pages = 0;
  for (const auto& [path, entry] : state->ledger.entries()) {
    if (!entry.code.empty()) ++failed;
    pages += entry.pages;
  }
  fmt::print("index      {}\nrevision   {}\nresources  {}\npages      {}\nnot in it  {}\nlast run   {}\n",
             line.update.index.string(), state->revision, state->resources, pages, failed,
             state->last_run.empty() ? "none" : state->last_run);
  print_memory(memory_options(line.update).file);
  for (const auto& [path, entry] : state->ledger.entries()) {
    if (!entry.code.empty()) fmt::print("  {}: {} ({})\n", schema::repair_utf8(path), entry.text, entry.code);
  }
  return kAllGood;
}

/// The ledger's entry for what a person calls a document: its path, its id or its address.
const LedgerEntry* find_document(const Ledger& ledger, const std::string& subject) {
  const std::string path = fs::absolute(subject).lexically_normal().string();
  if (const LedgerEntry* entry = ledger.find(path)) return entry;
  for (const auto& [name, entry] : ledger.entries()) {
    if (entry.id == subject || entry.url == subject || entry.file.relative == subject) return &entry;
  }
  return nullptr;
}

Result<int> run_why(const CommandLine& line) {
  const auto state = read_index_state(line.update.index);
  if (!state) return std::unexpected(state.error());
  const LedgerEntry* entry = find_document(state->ledger, line.subject);
  if (entry == nullptr) {
    std::error_code error;
    fmt::print("{} is not in the index: {}\n", line.subject,
               fs::exists(line.subject, error)
                   ? "no run has met this file; is it below a source given to update?"
                   : "no file, id or address of this name is known");
    return kSomeFailed;
  }
  const std::string path = schema::repair_utf8(entry->file.path);
  if (!entry->code.empty()) {
    fmt::print("{} is not in the index: {} ({})\n", path, entry->text, entry->code);
    return kSomeFailed;
  }
  fmt::print("{} is in the index as {}: {} pages, {} characters\n", path, entry->id, entry->pages,
             entry->characters);
  for (const std::string& warning : entry->warnings) fmt::print("  warning {}\n", warning);
  const auto stored = stored_resource(line.update.index, entry->id);
  if (!stored) return std::unexpected(stored.error());
  for (const schema::Field& field : schema::kFields) {
    const auto source = stored->sources.find(field.id);
    for (const std::string& value : stored->record.all(field.id)) {
      fmt::print("  {:15} {}{}\n", field.name, value,
                 source == stored->sources.end() ? "" : fmt::format("  ({})", source->second));
    }
  }
  return kAllGood;
}

Result<int> run_check(const CommandLine& line) {
  if (auto sound = check_index(line.update.index); !sound) return std::unexpected(sound.error());
  fmt::print("The index {} is sound.\n", line.update.index.string());
  return kAllGood;
}

}  // namespace

Result<int> run_command(const CommandLine& line, const std::atomic<bool>& stop) {
  switch (line.command) {
    case Command::update:
      return run_update(line, stop);
    case Command::plan:
      return run_plan(line);
    case Command::status:
      return run_status(line);
    case Command::why:
      return run_why(line);
    case Command::check:
      return run_check(line);
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
