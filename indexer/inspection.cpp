#include "indexer/inspection.h"

#include <filesystem>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "indexer/assembly.h"
#include "indexer/expectations.h"
#include "indexer/hiding.h"
#include "indexer/index_folder.h"
#include "indexer/index_writer.h"
#include "indexer/rules_file.h"
#include "indexer/search_program.h"
#include "indexer/thesaurus_file.h"
#include "indexer/warning_codes.h"
#include "search/schema/index_directory.h"
#include "search/schema/language.h"
#include "search/schema/date.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

constexpr int kAllGood = 0;
constexpr int kNotThere = 1;
constexpr int kBroken = 1;

/// A plan as a report: what would be done in place of what was.
RunReport as_report(const Plan& plan, const Ledger& ledger) {
  RunReport report;
  report.planned = true;
  for (const PlannedFile& planned : plan.files) {
    report.rows.push_back({.path = planned.file.path,
                           .id = planned.id,
                           .action = std::string(to_string(planned.action)),
                           .reason = std::string(to_string(planned.action)),
                           .text = planned.reason});
  }
  for (const ListedFile* file : plan.unchanged) {
    const LedgerEntry entry = ledger.find(file->path).value_or(LedgerEntry{});
    report.rows.push_back({.path = file->path,
                           .id = entry.id,
                           .action = "unchanged",
                           .reason = "unchanged",
                           .text = "as remembered",
                           .pages = entry.pages,
                           .characters = entry.characters});
  }
  for (const PlannedFailure& failure : plan.failures) {
    report.rows.push_back(
        {.path = failure.path, .action = "problem", .reason = failure.code, .text = failure.text});
  }
  return report;
}

/// "3 to add, 1 to change, …": what there is of it.
std::string in_one_line(const Plan& plan) {
  struct Words {
    Action action;
    const char* words;
  };
  static constexpr Words kWords[] = {
      {Action::add, "to add"},
      {Action::change, "to change"},
      {Action::move, "moved"},
      {Action::refield, "with other fields"},
      {Action::retry, "to try again"},
      {Action::remove, "to remove"},
      {Action::hide, "to hide"},
      {Action::touch, "touched"},
      {Action::unchanged, "unchanged"},
      {Action::skipped_before, "skipped"},
      {Action::failed_before, "failed before"},
  };
  std::string line;
  for (const auto& [action, words] : kWords) {
    const std::uint64_t count = plan.count(action);
    const bool always = action == Action::add || action == Action::change || action == Action::remove ||
                        action == Action::unchanged;
    if (count > 0 || always) line += fmt::format("{}{} {}", line.empty() ? "" : ", ", count, words);
  }
  if (!plan.failures.empty()) line += fmt::format(", {} problems", plan.failures.size());
  return line;
}

void print_memory(const fs::path& file) {
  const auto census = read_census(file);
  if (!census) {
    fmt::print("memory      none\n");
    return;
  }
  fmt::print("memory      {:.1f} MB: {} documents, {} recognised pages ({})\n",
             static_cast<double>(census->file_bytes) / 1e6, census->documents, census->recognised_pages,
             file.string());
}

std::uint64_t bytes_below(const fs::path& folder) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code of_file;
    if (at->is_regular_file(of_file)) bytes += at->file_size(of_file);
  }
  return bytes;
}

/// The ledger's entry for what a person calls a document: its path, its id or its address.
std::optional<LedgerEntry> find_document(const Ledger& ledger, const std::string& subject) {
  const std::string path = fs::absolute(subject).lexically_normal().string();
  if (auto entry = ledger.find(path)) return entry;
  for (LedgerEntry& entry : ledger.entries()) {
    if (entry.id == subject || entry.url == subject || entry.file.relative == subject)
      return std::move(entry);
  }
  return std::nullopt;
}

/// The warnings of all documents, by kind.
void print_warnings(const std::vector<LedgerEntry>& entries) {
  std::vector<ReportRow> rows;
  for (const LedgerEntry& entry : entries) {
    if (!entry.warnings.empty()) rows.push_back({.path = entry.file.relative, .warnings = entry.warnings});
  }
  for (const WarningCount& count : count_warnings(rows)) fmt::print("warning   {}\n", to_line(count));
}

/// Asks the expectations of the rules that the index has.
Result<int> check_rules(const fs::path& index) {
  const auto state = read_index_state(index);
  if (!state) return std::unexpected(state.error());
  const auto rules = schema::decode_rules(state->rules);
  if (!rules) return std::unexpected(rules.error());
  const auto idle = idle_rules(*rules, index, schema::today().to_string());
  if (!idle) return std::unexpected(idle.error());
  for (const std::string& sentence : *idle) fmt::print("note: {}.\n", sentence);
  const auto broken = broken_expectations(*rules, search_program(), index);
  if (!broken) return std::unexpected(broken.error());
  for (const std::string& sentence : *broken) fmt::print("broken: {}, {}.\n", rules->origin, sentence);
  const std::size_t all = rules->expectations.size();
  if (all == 0) {
    fmt::print("The rules expect nothing: {}.\n", rules_line(state->rules));
  } else {
    fmt::print("{} of {} expectations of the rules hold.\n", all - broken->size(), all);
  }
  return broken->empty() ? kAllGood : kBroken;
}

}  // namespace

Result<int> run_plan(const CommandLine& line) {
  if (line.report) {
    if (auto named = check_report_name(*line.report); !named) return std::unexpected(named.error());
  }
  const auto inputs = gather_inputs(line.update.inputs);
  if (!inputs) return std::unexpected(inputs.error());
  Ledger nothing;
  auto state = read_index_state(line.update.index);
  // A folder that holds copies alone will be an index.
  std::error_code error;
  const bool not_yet = !state && (state.error().kind == ErrorKind::not_found ||
                                  (fs::is_directory(line.update.inputs.copies, error) &&
                                   !fs::exists(line.update.index / schema::kCurrentName, error)));
  if (!state && !not_yet) return std::unexpected(state.error());
  const Ledger& ledger = state ? state->ledger : nothing;
  const auto rules = chosen_rules(inputs->rules, state ? state->rules : "");
  if (!rules) return std::unexpected(rules.error());
  auto hidden = hidden_by(*rules);
  if (!hidden) return std::unexpected(hidden.error());
  const Plan plan = plan_run(*inputs, ledger, line.update, *std::move(hidden));
  for (const PlannedFile& planned : plan.files) {
    fmt::print("{:14} {} ({})\n", to_string(planned.action), schema::repair_utf8(planned.file.path),
               planned.reason);
  }
  if (line.verbose) {
    for (const ListedFile* file : plan.unchanged) {
      fmt::print("{:14} {}\n", "unchanged", schema::repair_utf8(file->path));
    }
  }
  for (const PlannedFailure& failure : plan.failures) {
    fmt::print("{:14} {} ({})\n", "problem", schema::repair_utf8(failure.path), failure.text);
  }
  fmt::print("{}\n", in_one_line(plan));
  if (*rules != (state ? state->rules : "")) fmt::print("other rules: {}\n", rules_line(*rules));
  if (auto allowed = check_deletions(plan, line.update.deletions); !allowed) {
    fmt::print("update would refuse: {}\n", to_line(allowed.error()));
  }
  if (line.report) {
    if (auto written = write_report(as_report(plan, ledger), *line.report); !written) {
      return std::unexpected(written.error());
    }
  }
  return kAllGood;
}

Result<int> run_status(const CommandLine& line) {
  const fs::path& index = line.update.index;
  const auto state = read_index_state(index);
  if (!state) return std::unexpected(state.error());
  std::uint64_t failed = 0;
  std::uint64_t skipped = 0;
  std::uint64_t pages = 0;
  const std::vector<LedgerEntry> entries = state->ledger.entries();
  for (const LedgerEntry& entry : entries) {
    if (!entry.code.empty()) ++(is_skipped(entry.code) ? skipped : failed);
    pages += entry.pages;
  }
  constexpr double kMegabyte = 1e6;
  const auto previous = previous_generation(index);
  fmt::print("index       {}\n", index.string());
  fmt::print("revision    {}\n", state->revision);
  fmt::print("generation  {}\n", state->generation.filename().string());
  fmt::print("resources   {} with {} pages\n", state->resources, pages);
  fmt::print("files       {}: {} in the index, {} skipped, {} failed\n", entries.size(),
             entries.size() - skipped - failed, skipped, failed);
  fmt::print("thesaurus   {}\n", thesaurus_line(state->thesaurus));
  fmt::print("rules       {}\n", rules_line(state->rules));
  fmt::print("last run    {}\n", state->last_run.empty() ? "none" : state->last_run);
  fmt::print("previous    {}\n", previous ? fmt::format("{}; carrel-index rollback goes back to it",
                                                        previous->filename().string())
                                          : "none");
  fmt::print("on disk     {:.1f} MB: {:.1f} MB answer{}\n",
             static_cast<double>(bytes_below(index)) / kMegabyte,
             static_cast<double>(bytes_below(state->generation)) / kMegabyte,
             previous ? fmt::format(", {:.1f} MB are kept for rollback",
                                    static_cast<double>(bytes_below(*previous)) / kMegabyte)
                      : "");
  print_memory(memory_options(line.update).file);
  print_warnings(entries);
  for (const LedgerEntry& entry : entries) {
    if (entry.code.empty() || is_skipped(entry.code)) continue;
    fmt::print("failed      {}: {} ({})\n", schema::repair_utf8(entry.file.path), entry.text, entry.code);
  }
  return kAllGood;
}

Result<int> run_why(const CommandLine& line) {
  const auto state = read_index_state(line.update.index);
  if (!state) return std::unexpected(state.error());
  const auto entry = find_document(state->ledger, line.subject);
  const auto hidden = hidden_by(state->rules);
  if (!entry && hidden && hidden->contains(line.subject)) {
    fmt::print("{} is not in the index: the rules hide it ({})\n", line.subject, kHidden);
    return kNotThere;
  }
  if (!entry) {
    std::error_code error;
    fmt::print("{} is not in the index: {}\n", line.subject,
               fs::exists(line.subject, error)
                   ? "no run has met this file; is it below a source given to update?"
                   : "no file, id or address of this name is known");
    return kNotThere;
  }
  const std::string path = schema::repair_utf8(entry->file.path);
  if (!entry->code.empty()) {
    fmt::print("{} is not in the index: {} ({})\n", path, entry->text, entry->code);
    return kNotThere;
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
  return line.rules ? check_rules(line.update.index) : Result<int>(kAllGood);
}

Result<int> run_report(const CommandLine& line) {
  HealthReportOptions options = line.health;
  for (std::string& language : options.expectations.languages) {
    std::string tag = schema::canonical_language(language);
    if (tag.empty()) {
      return fail(ErrorKind::usage, fmt::format("'{}' is not a language tag", language),
                  "write --languages en,es or zh-Hans");
    }
    language = std::move(tag);
  }
  const auto summary = write_health_report(line.update.index, options);
  if (!summary) return std::unexpected(summary.error());
  fmt::print("{} files: {} in good order, {} with something to mend, {} unreadable\n", summary->files,
             summary->in_good_order, summary->to_mend, summary->unreadable);
  for (const auto* file : {&options.html, &options.csv, &options.json}) {
    if (*file) fmt::print("written: {}\n", (*file)->string());
  }
  return kAllGood;
}

}  // namespace carrel::indexer
