#include "indexer/run.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <thread>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "indexer/assembly.h"
#include "indexer/content_key.h"
#include "indexer/extract/recognition.h"
#include "indexer/extract/recognition_languages.h"
#include "indexer/hiding.h"
#include "search/schema/index_directory.h"

namespace carrel::indexer {

MemoryFileOptions memory_options(const UpdateOptions& options) {
  return {.file = options.cache.value_or(options.index / schema::kMemoryName),
          .ours_by_place = !options.cache.has_value()};
}

Result<void> check_recognition(const RecognitionOptions& options) {
  if (!options.recognise) return {};
  if (recogniser_version().empty()) {
    return fail(ErrorKind::usage, "text in pictures cannot be recognised: Tesseract is not installed",
                "install the Debian package libtesseract5");
  }
  return check_languages(options.languages.empty() ? "eng" : options.languages, language_folder());
}

unsigned job_count(const PoolOptions& options) {
  return options.workers != 0 ? options.workers : std::max(1U, std::thread::hardware_concurrency());
}

Plan plan_run(const Inputs& inputs, const Ledger& ledger, const UpdateOptions& options, HiddenIds hide) {
  PlanOptions how = options.plan;
  how.now_ns = inputs.listed_ns;
  how.jobs = job_count(options.pool);
  how.digest = [most = options.pool.limits.file_bytes](const std::string& path) {
    auto key = read_content_key(path, most);
    return key ? std::move(key->digest) : std::string();
  };
  how.recognise = options.recognition.recognise;
  how.recognise_in = options.recognition.languages;
  how.exclude = options.inputs.listing.exclude;
  how.hide = std::move(hide);
  return make_plan(inputs, ledger, how);
}

std::vector<const PlannedFile*> files_to_read(const Plan& plan) {
  std::vector<const PlannedFile*> files;
  for (const PlannedFile& planned : plan.files) {
    switch (planned.action) {
      case Action::add:
      case Action::change:
      case Action::move:
      case Action::refield:
      case Action::retry:
      case Action::rebuild:
        files.push_back(&planned);
        break;
      case Action::touch:
      case Action::unchanged:
      case Action::skipped_before:
      case Action::failed_before:
      case Action::remove:
      case Action::hide:
        break;
    }
  }
  return files;
}

void report_plan(const Plan& plan, const Ledger& ledger, bool list_unchanged, RunReport& report) {
  for (const PlannedFailure& failure : plan.failures) {
    report.rows.push_back(
        {.path = failure.path, .action = "failed", .reason = failure.code, .text = failure.text});
  }
  const auto remembered = [&](const std::string& path, const char* action, std::string reason,
                              std::string text) {
    const LedgerEntry entry = ledger.find(path).value_or(LedgerEntry{});
    report.rows.push_back({.path = path,
                           .id = entry.id,
                           .action = action,
                           .reason = std::move(reason),
                           .text = std::move(text),
                           .pages = entry.pages,
                           .characters = entry.characters,
                           .warnings = entry.warnings});
  };
  for (const PlannedFile& planned : plan.files) {
    const std::string& path = planned.file.path;
    if (planned.action == Action::hide) {
      report.rows.push_back({.path = path, .action = "skipped", .reason = std::string(kHidden), .text = planned.reason});
    } else if (planned.action == Action::touch) {
      remembered(path, "unchanged", "touched", planned.reason);
    } else if (planned.action == Action::skipped_before || planned.action == Action::failed_before) {
      const LedgerEntry entry = ledger.find(path).value_or(LedgerEntry{});
      const bool skipped = planned.action == Action::skipped_before;
      remembered(path, skipped ? "skipped" : "failed", entry.code,
                 skipped ? entry.text : entry.text + " (not tried again; see --retry-failed)");
    }
  }
  if (list_unchanged) {
    for (const ListedFile* file : plan.unchanged)
      remembered(file->path, "unchanged", "unchanged", "as remembered");
  } else {
    report.unlisted_unchanged = plan.unchanged.size();
  }
}

ReportRow report_row(const ReadyDocument& ready) {
  const LedgerEntry& entry = ready.entry;
  ReportRow row{.path = entry.file.path,
                .id = entry.id,
                .extraction = ready.read.remembered ? "remembered" : "read",
                .pages = entry.pages,
                .characters = entry.characters,
                .seconds = ready.read.outcome.seconds,
                .warnings = entry.warnings};
  if (!entry.code.empty()) {
    row.action = is_skipped(entry.code) ? "skipped" : "failed";
    row.reason = entry.code;
    row.text = entry.text;
    return row;
  }
  row.text = ready.planned->reason;
  switch (ready.planned->action) {
    case Action::change:
      row.action = "changed";
      row.reason = "changed";
      break;
    case Action::refield:
      row.action = "changed";
      row.reason = "fields";
      break;
    case Action::move:
      row.action = "moved";
      row.reason = "moved";
      break;
    case Action::rebuild:
      row.action = "rebuilt";
      row.reason = "rebuilt";
      break;
    default:
      row.action = "added";
      row.reason = "new";
  }
  return row;
}

std::string run_line(const RunReport& report) {
  return fmt::format("{:%Y-%m-%d %H:%M:%S} UTC: {}{}", fmt::gmtime(std::time(nullptr)), summary_line(report),
                     report.interrupted ? " (interrupted)" : "");
}

}  // namespace carrel::indexer
