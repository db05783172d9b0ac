#include "indexer/update.h"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <unordered_map>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "indexer/index_writer.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {

namespace fs = std::filesystem;
using schema::FieldId;

namespace {

/// How long to wait for a document before looking whether someone asked to stop.
constexpr std::chrono::milliseconds kPatience{200};

/// Files that are no documents, and documents that ask not to be indexed, are left out without being
/// failures.
bool is_skipped(std::string_view code) {
  return code == "unsupported-format" || code == "noindex";
}

/// The warnings of a document as lines, without those that the catalogue has seen to.
std::vector<std::string> warning_lines(const std::vector<Warning>& warnings, const CatalogueRow* row) {
  const auto answered = [&](std::string_view code) {
    if (row == nullptr) return false;
    return (code == "no-title" && row->fields.has(FieldId::title)) ||
           (code == "no-language" && row->fields.has(FieldId::language));
  };
  std::vector<std::string> lines;
  for (const Warning& warning : warnings) {
    if (!answered(warning.code)) lines.push_back(fmt::format("{}: {}", warning.code, warning.text));
  }
  return lines;
}

/// Characters (code points) of all pages.
std::uint64_t character_count(const std::vector<Page>& pages) {
  std::uint64_t count = 0;
  for (const Page& page : pages) count += schema::count_code_points(page.text);
  return count;
}

/// One run of update.
class Run {
 public:
  Run(const UpdateOptions& options, const Inputs& inputs, IndexWriter& writer, Plan plan, RunContext& context)
      : options_(options), inputs_(inputs), writer_(writer), plan_(std::move(plan)), context_(context) {
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
    }
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
    auto pool = ExtractorPool::start(options_.pool);
    if (!pool) return std::unexpected(pool.error());
    if (context_.note) context_.note(to_sentence((*pool)->sandbox()));
    context_.progress.begin(to_read.size());
    std::size_t submitted = 0;
    std::uint64_t done = 0;
    std::uint64_t failed = 0;
    while (done < to_read.size()) {
      if (context_.stop.load()) {
        report_.interrupted = true;
        break;
      }
      while (submitted < to_read.size() && (*pool)->pending() < (*pool)->capacity()) {
        (*pool)->submit(to_read[submitted]->file.path, submitted);
        ++submitted;
      }
      auto outcome = (*pool)->next(kPatience);
      if (!outcome) continue;
      const PlannedFile& planned = *to_read[outcome->tag];
      ++done;
      ++report_.opened;
      if (auto taken = take(planned, std::move(*outcome)); !taken) {
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
  Result<void> take(const PlannedFile& planned, ExtractionOutcome outcome) {
    ReportRow row{.path = planned.file.path, .seconds = outcome.seconds};
    LedgerEntry entry{.file = planned.file, .content_hash = outcome.content_hash};
    entry.settings_hash = settings_hash(planned.row, options_.plan.resource);
    if (!outcome.result) {
      entry.code = outcome.result.error().code;
      entry.text = outcome.result.error().text;
    } else if (outcome.result->noindex) {
      entry.code = "noindex";
      entry.text = "the page asks search engines to leave it out";
    } else {
      if (auto written = write(planned, std::move(outcome), entry); !written) return written;
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

  Result<void> write(const PlannedFile& planned, ExtractionOutcome outcome, LedgerEntry& entry) {
    const CatalogueRow* row = planned.row;
    if (row == nullptr && inputs_.catalogue) {
      for (const FoundField& found : outcome.result->found) {
        if (found.field == FieldId::url && row == nullptr) row = inputs_.catalogue->find_url(found.value);
      }
      entry.settings_hash = settings_hash(row, options_.plan.resource);
    }
    entry.warnings = warning_lines(outcome.result->warnings, row);
    Resource resource =
        make_resource(planned.file, outcome.bytes, row, std::move(*outcome.result), options_.plan.resource);
    const std::string& id = resource.record.get(FieldId::id);
    if (const auto owner = owners_.find(id); owner != owners_.end() && owner->second != planned.file.path) {
      std::error_code error;
      if (fs::exists(owner->second, error)) {
        entry.code = "duplicate-id";
        entry.text = fmt::format("its id '{}' belongs to {}; give one of them another id in the catalogue",
                                 id, schema::repair_utf8(owner->second));
        entry.warnings.clear();
        return {};
      }
      writer_.ledger().erase(owner->second);  // the file has moved here
    }
    // A file whose catalogue gives it another id leaves the old one.
    if (const LedgerEntry* before = writer_.ledger().find(planned.file.path);
        before != nullptr && before->id != id) {
      if (auto removed = forget(planned.file.path); !removed) return removed;
    }
    if (auto written = writer_.put(resource); !written) return written;
    owners_.insert_or_assign(id, planned.file.path);
    entry.id = id;
    entry.url = resource.record.get(FieldId::url);
    entry.pages = resource.pages.size();
    entry.characters = character_count(resource.pages);
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
  RunReport report_;
  std::unordered_map<std::string, std::string> owners_;  ///< id → path of the file that it belongs to
};

}  // namespace

Result<Inputs> gather_inputs(const UpdateOptions& options) {
  Inputs inputs;
  for (const fs::path& source : options.sources) {
    auto listing = list_source(source);
    if (!listing) return std::unexpected(listing.error());
    inputs.sources.push_back(std::move(*listing));
  }
  if (options.catalogue) {
    auto catalogue = Catalogue::load(*options.catalogue);
    if (!catalogue) return std::unexpected(catalogue.error());
    inputs.catalogue.emplace(std::move(*catalogue));
  }
  return inputs;
}

Result<RunReport> update(const UpdateOptions& options, RunContext context) {
  const auto inputs = gather_inputs(options);
  if (!inputs) return std::unexpected(inputs.error());
  auto writer = IndexWriter::open(options.index);
  if (!writer) return std::unexpected(writer.error());
  Plan plan = make_plan(inputs->sources, inputs->catalogue ? &*inputs->catalogue : nullptr, writer->ledger(),
                        options.plan);
  if (auto allowed = check_deletions(plan, options.deletions); !allowed)
    return std::unexpected(allowed.error());
  return Run(options, *inputs, *writer, std::move(plan), context).execute();
}

}  // namespace carrel::indexer
