#include "indexer/rebuild.h"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "indexer/batch_writer.h"
#include "indexer/expectations.h"
#include "indexer/extraction_memory.h"
#include "indexer/fingerprint.h"
#include "indexer/hiding.h"
#include "indexer/index_writer.h"
#include "indexer/library_warnings.h"
#include "indexer/rules_file.h"
#include "indexer/thesaurus_file.h"
#include "indexer/xapian_edge.h"
#include "search/schema/index_directory.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds kPatience{200};

/// What the library says beside its documents, encoded.
struct LibraryData {
  std::string thesaurus;
  std::string rules;
  HiddenIds hidden;  ///< by the rules
};

/// What the new generation gets: what was asked for, else what the one `before` has (may be nullptr).
Result<LibraryData> chosen_data(const Inputs& inputs, const IndexState* before) {
  auto thesaurus = chosen_thesaurus(inputs.thesaurus, before != nullptr ? before->thesaurus : "");
  if (!thesaurus) return std::unexpected(thesaurus.error());
  auto rules = chosen_rules(inputs.rules, before != nullptr ? before->rules : "");
  if (!rules) return std::unexpected(rules.error());
  auto hidden = hidden_by(*rules);
  if (!hidden) return std::unexpected(hidden.error());
  return LibraryData{*std::move(thesaurus), *std::move(rules), *std::move(hidden)};
}

/// Builds one generation into the candidate of a folder.
class Builder {
 public:
  Builder(const Inputs& inputs, IndexFolder& folder, const UpdateOptions& options, RunContext& context)
      : inputs_(inputs),
        folder_(folder),
        options_(options),
        context_(context),
        warnings_(inputs, options.plan.resource.url_prefix) {}

  /// Reads and writes everything the plan names. `old` is the ledger that the plan was made against. An
  /// interrupted build is completed with what it has when `keep_interrupted`.
  Result<RunReport> build(Plan plan, const Ledger& old, const LibraryData& data, bool keep_interrupted) {
    const auto started = std::chrono::steady_clock::now();
    auto candidate = folder_.begin_candidate();
    if (!candidate) return std::unexpected(candidate.error());
    std::error_code error;
    const fs::path batches = *candidate / "batches";
    if (!fs::create_directory(batches, error)) {
      return std::unexpected(file_error("cannot make the folder", batches, error.value()));
    }
    report_plan(plan, old, options_.list_unchanged, report_);
    report_removed(plan);
    for (const PlannedFile& planned : plan.files) {
      if (planned.action == Action::hide) ledger_.put(hidden_entry(planned, old, options_.plan.resource));
    }
    const unsigned jobs = job_count(options_.pool);
    BatchWriter writer(batches, jobs);
    auto read = read_documents(plan, data.hidden, writer, jobs);
    if (!read) return std::unexpected(read.error());
    warnings_.finish(ledger_, report_);
    std::ranges::sort(report_.rows, {}, &ReportRow::path);
    report_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (report_.interrupted && !keep_interrupted) return std::move(report_);

    std::vector<std::pair<std::string, std::string>> metadata = ledger_.take_changed();
    metadata.emplace_back(schema::kFormatKey, fmt::format("{}", schema::kFormatVersion));
    metadata.emplace_back(schema::kLastRunKey, run_line(report_));
    metadata.emplace_back(schema::kThesaurusKey, data.thesaurus);
    metadata.emplace_back(schema::kRulesKey, data.rules);
    metadata.emplace_back(schema::kCollectionKey, collection_fingerprint(ledger_));
    if (auto whole = writer.finish(metadata, folder_.candidate_generation()); !whole) {
      return std::unexpected(whole.error());
    }
    fs::remove_all(batches, error);
    if (auto sealed = folder_.seal_candidate(); !sealed) return std::unexpected(sealed.error());
    report_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return std::move(report_);
  }

 private:
  void report_removed(const Plan& plan) {
    for (const PlannedFile& planned : plan.files) {
      if (planned.action != Action::remove) continue;
      report_.rows.push_back({.path = planned.file.path,
                              .id = planned.id,
                              .action = "removed",
                              .reason = "gone",
                              .text = planned.reason});
    }
  }

  Result<void> read_documents(Plan& plan, const HiddenIds& hidden, BatchWriter& writer, unsigned jobs) {
    auto to_read = files_to_read(plan);
    const std::uint64_t total = to_read.size();
    if (total == 0) return {};
    IdClaims claims(std::move(plan.owners));
    ExtractionMemory memory(memory_options(options_));
    CompanionReader reader(options_.pool, &memory, context_.note, options_.recognition,
                           [this](std::uint64_t pages, std::uint64_t of, const std::string& path) {
                             context_.progress.recognise(pages, of, path);
                           });
    Pipeline pipeline(std::move(to_read), reader, claims,
                      {.workers = jobs,
                       .catalogue = inputs_.catalogue_or_null(),
                       .resource = &options_.plan.resource,
                       .hidden = &hidden,
                       .store = [&](std::size_t worker, ReadyDocument& ready) {
                         auto stored = writer.put(worker, *ready.indexed);
                         ready.indexed.reset();
                         return stored;
                       }});
    context_.progress.begin(total);
    Result<void> result;
    std::uint64_t done = 0;
    std::uint64_t failed = 0;
    while (result && !pipeline.finished()) {
      if (context_.stop.load() && !report_.interrupted) {
        report_.interrupted = true;
        pipeline.stop();
      }
      auto ready = pipeline.next(kPatience);
      if (!ready) {
        result = std::unexpected(ready.error());
      } else if (*ready) {
        ++((*ready)->read.remembered ? report_.remembered : report_.opened);
        warnings_.add((*ready)->entry, (*ready)->links);
        report_.rows.push_back(report_row(**ready));
        ledger_.put((*ready)->entry);
        failed += report_.rows.back().action == "failed" ? 1 : 0;
        context_.progress.advance(++done, failed, report_.rows.back().path);
      }
    }
    context_.progress.end();
    pipeline.stop();
    if (result && !report_.interrupted) memory.end_run(ledger_);
    report_.notes = memory.file().take_notes();
    return result;
  }

  const Inputs& inputs_;
  IndexFolder& folder_;
  const UpdateOptions& options_;
  RunContext& context_;
  LibraryWarnings warnings_;
  RunReport report_;
  Ledger ledger_;
};

/// A generation that may not answer: `why` in a sentence.
Error refused(const IndexFolder& folder, const std::string& why) {
  const std::string candidate = (folder.directory() / schema::kCandidateName).string();
  return {
      ErrorKind::refused, fmt::format("the new generation was not taken, the old one answers on: {}", why),
      fmt::format("look at it with carrel-search --index {} (the next run removes it), and use --force to "
                  "take it all the same",
                  candidate)};
}

/// Whether the candidate does what its rules promise.
Result<void> judge_rules(const IndexFolder& folder, const std::string& encoded, const RebuildOptions& options) {
  const auto rules = schema::decode_rules(encoded);
  if (!rules) return std::unexpected(rules.error());
  const auto broken =
      broken_expectations(*rules, options.search_program, folder.directory() / schema::kCandidateName);
  if (!broken) return std::unexpected(broken.error());
  if (broken->empty()) return {};
  return std::unexpected(refused(
      folder, fmt::format("{} of {} expectations of the rules do not hold, the first in {}, {}", broken->size(),
                          rules->expectations.size(), rules->origin, broken->front())));
}

/// Whether the finished candidate may answer in place of the generation of `before`.
/// `hidden` resources more are left out on purpose.
Result<void> judge(const IndexFolder& folder, const IndexState& before, std::uint64_t hidden,
                   const RebuildOptions& options) {
  const fs::path candidate = folder.directory() / schema::kCandidateName;
  if (auto sound = check_index(candidate); !sound) {
    return std::unexpected(refused(folder, sound.error().message));
  }
  if (options.update.deletions.force) return {};
  const auto after = read_index_state(candidate);
  if (!after) return std::unexpected(after.error());
  const std::uint64_t kept_or_hidden = after->resources + hidden;
  const std::uint64_t lost = before.resources > kept_or_hidden ? before.resources - kept_or_hidden : 0;
  if (auto kept = check_share(lost, before.resources, options.update.deletions); !kept) {
    return std::unexpected(refused(
        folder, fmt::format("it holds {} resources, the old one {}", after->resources, before.resources)));
  }
  if (auto promised = judge_rules(folder, after->rules, options); !promised) return promised;
  if (!options.judgements) return {};
  const auto judged = load_judgements(*options.judgements);
  if (!judged) return std::unexpected(judged.error());
  const auto old_score = score(*judged, options.search_program, folder.directory());
  if (!old_score) return std::unexpected(old_score.error());
  const auto new_score = score(*judged, options.search_program, candidate);
  if (!new_score) return std::unexpected(new_score.error());
  if (const std::string worse = why_worse(*old_score, *new_score); !worse.empty()) {
    return std::unexpected(refused(folder, worse));
  }
  return {};
}

}  // namespace

Result<RunReport> build_first(const Inputs& inputs, IndexFolder& folder, const UpdateOptions& options,
                              RunContext& context) {
  const Ledger nothing;
  const auto data = chosen_data(inputs, nullptr);
  if (!data) return std::unexpected(data.error());
  auto report =
      Builder(inputs, folder, options, context).build(plan_run(inputs, nothing, options, data->hidden), nothing, *data, true);
  if (!report) {
    folder.drop_candidate();
    return report;
  }
  if (auto published = folder.publish_candidate(); !published) return std::unexpected(published.error());
  const auto state = read_index_state(folder.directory());
  if (!state) return std::unexpected(state.error());
  report->revision = state->revision;
  return report;
}

Result<RunReport> rebuild(const RebuildOptions& options, RunContext context) {
  UpdateOptions update = options.update;
  update.plan.everything = true;
  if (options.judgements) {
    if (auto judged = load_judgements(*options.judgements); !judged) return std::unexpected(judged.error());
  }
  const auto inputs = gather_inputs(update.inputs);
  if (!inputs) return std::unexpected(inputs.error());
  auto folder = IndexFolder::open(update.index, "rebuild");
  if (!folder) return std::unexpected(folder.error());
  if (!folder->current()) return build_first(*inputs, *folder, update, context);
  const auto before = read_index_state(update.index);
  // A generation that cannot be read is no reason not to make another one.
  if (!before && before.error().kind != ErrorKind::older_format &&
      before.error().kind != ErrorKind::damaged) {
    return std::unexpected(before.error());
  }
  const Ledger nothing;
  const Ledger& old = before ? before->ledger : nothing;
  const auto data = chosen_data(*inputs, before ? &*before : nullptr);
  if (!data) return std::unexpected(data.error());
  Plan plan = plan_run(*inputs, old, update, data->hidden);
  if (auto allowed = check_deletions(plan, update.deletions); !allowed)
    return std::unexpected(allowed.error());
  if (plan.hidden > 0 && !update.deletions.force) {
    return fail(ErrorKind::refused,
                fmt::format("{} resources of the index lie where nothing can be read now ({})", plan.hidden,
                            plan.failures.front().path),
                "check the rights on it; to build the index without them run again with --force");
  }
  auto report = Builder(*inputs, *folder, update, context)
                    .build(std::move(plan), old, *data, false);
  if (!report) {
    folder->drop_candidate();
    return report;
  }
  if (report->interrupted) {
    folder->drop_candidate();
    report->revision = before ? before->revision : "";
    return report;
  }
  if (before) {
    const auto hidden = static_cast<std::uint64_t>(std::ranges::count_if(
        report->rows, [](const ReportRow& row) { return row.action == "skipped" && row.reason == kHidden; }));
    if (auto better = judge(*folder, *before, hidden, options); !better) return std::unexpected(better.error());
  }
  if (auto published = folder->publish_candidate(); !published) return std::unexpected(published.error());
  const auto after = read_index_state(update.index);
  if (!after) return std::unexpected(after.error());
  report->revision = after->revision;
  return report;
}

}  // namespace carrel::indexer
