#include "indexer/update.h"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <unordered_map>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "indexer/assembly.h"
#include "indexer/index_writer.h"
#include "search/schema/index_directory.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {

namespace fs = std::filesystem;
namespace {

/// How long to wait for a document before looking whether someone asked to stop.
constexpr std::chrono::milliseconds kPatience{200};

/// One run of update.
class Run {
 public:
  Run(const UpdateOptions& options, const Inputs& inputs, IndexWriter& writer, Plan plan, RunContext& context)
      : options_(options),
        inputs_(inputs),
        writer_(writer),
        plan_(std::move(plan)),
        context_(context),
        memory_(memory_options(options)) {
    for (const auto& [path, entry] : writer_.ledger().entries()) {
      if (!entry.id.empty()) owners_.emplace(entry.id, path);
    }
  }

  Result<RunReport> execute() {
    const auto started = std::chrono::steady_clock::now();
    for (const PlannedFailure& failure : plan_.failures) {
      report_.rows.push_back(
          {.path = failure.path, .action = "failed", .reason = failure.code, .text = failure.text});
    }
    std::vector<const PlannedFile*> to_read;
    for (const PlannedFile& planned : plan_.files) {
      switch (planned.action) {
        case Action::add:
        case Action::change:
        case Action::retry:
          to_read.push_back(&planned);
          break;
        case Action::unchanged:
        case Action::failed_before:
          report_remembered(planned);
          break;
        case Action::remove:
          break;
      }
    }
    if (auto read = read_documents(to_read); !read) return std::unexpected(read.error());
    if (!report_.interrupted) {
      if (auto removed = remove_vanished(); !removed) return std::unexpected(removed.error());
    }
    std::ranges::sort(report_.rows, {}, &ReportRow::path);
    report_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    const bool changed =
        !to_read.empty() || plan_.count(Action::remove) > 0 || writer_.revision().ends_with("-0");
    if (changed) {
      const std::string line =
          fmt::format("{:%Y-%m-%d %H:%M:%S} UTC: {}{}", fmt::gmtime(std::time(nullptr)),
                      summary_line(report_), report_.interrupted ? " (interrupted)" : "");
      if (auto committed = writer_.commit(line); !committed) return std::unexpected(committed.error());
      memory_.end_run(writer_.ledger());
    }
    report_.notes = memory_.file().take_notes();
    report_.revision = writer_.revision();
    return std::move(report_);
  }

 private:
  void report_remembered(const PlannedFile& planned) {
    const LedgerEntry& entry = *writer_.ledger().find(planned.file.path);
    const bool in = entry.code.empty();
    report_.rows.push_back(
        {.path = entry.file.path,
         .id = entry.id,
         .action = in                       ? "unchanged"
                   : is_skipped(entry.code) ? "skipped"
                                            : "failed",
         .reason = in ? "unchanged" : entry.code,
         .text = in ? planned.reason : entry.text + " (not tried again; see --retry-failed)",
         .pages = entry.pages,
         .characters = entry.characters,
         .warnings = entry.warnings});
  }

  Result<void> read_documents(const std::vector<const PlannedFile*>& to_read) {
    if (to_read.empty()) return {};
    DocumentReader reader(options_.pool, &memory_, context_.note);
    context_.progress.begin(to_read.size());
    std::size_t submitted = 0;
    std::uint64_t done = 0;
    std::uint64_t failed = 0;
    while (done < to_read.size()) {
      if (context_.stop.load()) {
        report_.interrupted = true;
        break;
      }
      while (submitted < to_read.size() && reader.pending() < reader.capacity()) {
        if (auto begun = reader.submit({.path = to_read[submitted]->file.path, .tag = submitted}); !begun) {
          context_.progress.end();
          return begun;
        }
        ++submitted;
      }
      auto read = reader.next(kPatience);
      if (!read) continue;
      const PlannedFile& planned = *to_read[read->outcome.tag];
      ++done;
      ++(read->remembered ? report_.remembered : report_.opened);
      if (auto taken = take(planned, std::move(*read)); !taken) {
        context_.progress.end();
        return taken;
      }
      if (report_.rows.back().action == "failed") ++failed;
      context_.progress.advance(done, failed, planned.file.path);
      if (writer_.commit_is_due()) {
        if (auto committed = writer_.commit({}); !committed) {
          context_.progress.end();
          return committed;
        }
      }
    }
    context_.progress.end();
    return {};
  }

  /// Writes what became of one document into index, ledger and report.
  Result<void> take(const PlannedFile& planned, ReadOutcome read) {
    ReportRow row{.path = planned.file.path,
                  .extraction = read.remembered ? "remembered" : "read",
                  .seconds = read.outcome.seconds};
    auto [entry, resource] =
        assemble(planned, std::move(read.outcome), inputs_.catalogue_or_null(), options_.plan.resource);
    if (resource) {
      if (auto written = write(*resource, entry); !written) return written;
    }
    if (!entry.code.empty()) {
      if (auto removed = forget(planned.file.path); !removed) return removed;
    }
    row.id = entry.id;
    row.pages = entry.pages;
    row.characters = entry.characters;
    row.warnings = entry.warnings;
    if (entry.code.empty()) {
      row.action = planned.action == Action::change ? "changed" : "added";
      row.reason = planned.action == Action::change ? "changed" : "new";
      row.text = planned.reason;
    } else {
      row.action = is_skipped(entry.code) ? "skipped" : "failed";
      row.reason = entry.code;
      row.text = entry.text;
    }
    report_.rows.push_back(std::move(row));
    writer_.ledger().put(std::move(entry));
    return {};
  }

  /// Puts a resource into the index, or makes `entry` say that its id belongs to another file.
  Result<void> write(Resource& resource, LedgerEntry& entry) {
    if (const auto owner = owners_.find(entry.id);
        owner != owners_.end() && owner->second != entry.file.path) {
      std::error_code error;
      if (fs::exists(owner->second, error)) {
        entry.code = "duplicate-id";
        entry.text = fmt::format("its id '{}' belongs to {}; give one of them another id in the catalogue",
                                 entry.id, schema::repair_utf8(owner->second));
        entry.id.clear();
        entry.url.clear();
        entry.pages = entry.characters = 0;
        entry.warnings.clear();
        return {};
      }
      writer_.ledger().erase(owner->second);  // the file has moved here
    }
    // A file whose catalogue gives it another id leaves the old one.
    if (const LedgerEntry* before = writer_.ledger().find(entry.file.path);
        before != nullptr && before->id != entry.id) {
      if (auto removed = forget(entry.file.path); !removed) return removed;
    }
    if (auto written = writer_.put(resource); !written) return written;
    owners_.insert_or_assign(entry.id, entry.file.path);
    return {};
  }

  /// Takes the resource of a file out of the index, when the file is the one that it belongs to.
  Result<void> forget(const std::string& path) {
    const LedgerEntry* before = writer_.ledger().find(path);
    if (before == nullptr || before->id.empty()) return {};
    const auto owner = owners_.find(before->id);
    if (owner == owners_.end() || owner->second != path) return {};
    auto removed = writer_.remove(before->id);
    if (removed) owners_.erase(owner);
    return removed;
  }

  Result<void> remove_vanished() {
    for (const PlannedFile& planned : plan_.files) {
      if (planned.action != Action::remove) continue;
      const LedgerEntry* before = writer_.ledger().find(planned.file.path);
      const bool was_in = before != nullptr && !before->id.empty();
      report_.rows.push_back({.path = planned.file.path,
                              .id = was_in ? before->id : "",
                              .action = "removed",
                              .reason = "gone",
                              .text = planned.reason});
      if (auto removed = forget(planned.file.path); !removed) return removed;
      writer_.ledger().erase(planned.file.path);
    }
    return {};
  }

  const UpdateOptions& options_;
  const Inputs& inputs_;
  IndexWriter& writer_;
  Plan plan_;
  RunContext& context_;
  ExtractionMemory memory_;
  RunReport report_;
  std::unordered_map<std::string, std::string> owners_;  ///< id → path of the file that it belongs to
};

}  // namespace

MemoryFileOptions memory_options(const UpdateOptions& options) {
  return {.file = options.cache.value_or(options.index / schema::kMemoryName),
          .ours_by_place = !options.cache.has_value()};
}

Result<RunReport> update(const UpdateOptions& options, RunContext context) {
  const auto inputs = gather_inputs(options.inputs);
  if (!inputs) return std::unexpected(inputs.error());
  auto writer = IndexWriter::open(options.index);
  if (!writer) return std::unexpected(writer.error());
  Plan plan = make_plan(inputs->sources, inputs->catalogue_or_null(), writer->ledger(), options.plan);
  if (auto allowed = check_deletions(plan, options.deletions); !allowed)
    return std::unexpected(allowed.error());
  return Run(options, *inputs, *writer, std::move(plan), context).execute();
}

}  // namespace carrel::indexer
