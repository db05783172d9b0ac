#include "indexer/update.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <future>
#include <optional>
#include <utility>

#include "indexer/extraction_memory.h"
#include "indexer/hiding.h"
#include "indexer/index_writer.h"
#include "indexer/library_warnings.h"
#include "indexer/rebuild.h"
#include "indexer/rules_file.h"
#include "indexer/thesaurus_file.h"
#include "search/schema/index_directory.h"

namespace carrel::indexer {

namespace {

/// How long to wait for a document before looking whether someone asked to stop.
constexpr std::chrono::milliseconds kPatience{200};

/// One run of update in place.
class Run {
 public:
  Run(const UpdateOptions& options, const Inputs& inputs, const HiddenIds& hidden, IndexWriter& writer,
      Plan plan, RunContext& context)
      : options_(options),
        inputs_(inputs),
        hidden_(hidden),
        writer_(writer),
        plan_(std::move(plan)),
        claims_(std::move(plan_.owners)),
        context_(context),
        warnings_(inputs, options.plan.resource.url_prefix) {}

  /// `other_data`: there is something to commit even if no document has changed.
  Result<RunReport> execute(bool other_data) {
    const auto started = std::chrono::steady_clock::now();
    report_plan(plan_, writer_.ledger(), options_.list_unchanged, report_);
    const auto to_read = files_to_read(plan_);
    Result<void> done = read_documents(to_read);
    if (done && !report_.interrupted) done = remove_vanished();
    if (done && !report_.interrupted) done = hide_resources();
    if (!done) return std::unexpected(done.error());
    remember_touched();
    warnings_.finish(writer_.ledger(), report_);
    std::ranges::sort(report_.rows, {}, &ReportRow::path);
    report_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (other_data || !to_read.empty() || plan_.count(Action::remove) + plan_.count(Action::hide) > 0) {
      if (auto committed = writer_.commit(run_line(report_)); !committed)
        return std::unexpected(committed.error());
    } else if (plan_.count(Action::touch) > 0) {
      if (auto committed = writer_.commit({}); !committed) return std::unexpected(committed.error());
    }
    if (memory_) {
      memory_->end_run(writer_.ledger());
      report_.notes = memory_->file().take_notes();
    }
    report_.revision = writer_.revision();
    return std::move(report_);
  }

 private:
  Result<void> read_documents(std::vector<const PlannedFile*> to_read) {
    if (to_read.empty()) return {};
    const std::uint64_t total = to_read.size();
    ExtractionMemory& memory = memory_.emplace(memory_options(options_));
    CompanionReader reader(options_.pool, &memory, context_.note, options_.recognition,
                           [this](std::uint64_t pages, std::uint64_t of, const std::string& path) {
                             context_.progress.recognise(pages, of, path);
                           });
    Pipeline pipeline(std::move(to_read), reader, claims_,
                      {.workers = job_count(options_.pool),
                       .catalogue = inputs_.catalogue_or_null(),
                       .resource = &options_.plan.resource,
                       .hidden = &hidden_,
                       .store = {}});
    context_.progress.begin(total);
    Result<void> written;
    std::uint64_t done = 0;
    std::uint64_t failed = 0;
    while (written && !pipeline.finished()) {
      if (context_.stop.load() && !report_.interrupted) {
        report_.interrupted = true;
        pipeline.stop();
      }
      auto ready = pipeline.next(kPatience);
      if (!ready) {
        written = std::unexpected(ready.error());
      } else if (*ready) {
        written = take(**ready);
        failed += report_.rows.back().action == "failed" ? 1 : 0;
        context_.progress.advance(++done, failed, report_.rows.back().path);
        if (written && writer_.commit_is_due()) written = writer_.commit({});
      }
    }
    context_.progress.end();
    return written;
  }

  /// Writes what became of one document into index, ledger and report.
  Result<void> take(ReadyDocument& ready) {
    ++(ready.read.remembered ? report_.remembered : report_.opened);
    warnings_.add(ready.entry, ready.links);
    report_.rows.push_back(report_row(ready));
    const PlannedFile& planned = *ready.planned;
    // A file that now has another id, or none, leaves the old one.
    if (auto left = leave(planned.file.path, ready.entry.id); !left) return left;
    if (!planned.moved_from.empty()) {
      if (auto left = leave(planned.moved_from, ready.entry.id); !left) return left;
      if (const auto before = writer_.ledger().find(planned.moved_from)) warnings_.remove(before->file);
      writer_.ledger().erase(planned.moved_from);
    }
    if (ready.indexed) {
      if (auto written = writer_.put(*ready.indexed); !written) return written;
    }
    writer_.ledger().put(ready.entry);
    return {};
  }

  /// Takes the resource that the ledger lists under `path` out of the index, unless its id stays in use.
  Result<void> leave(const std::string& path, const std::string& id_now) {
    LedgerGlance before;
    if (!writer_.ledger().glance(path, before) || before.id.empty() || before.id == id_now) return {};
    const std::string id(before.id);
    if (claims_.belongs_to_another(id, path)) return {};
    return writer_.remove(id);
  }

  Result<void> remove_vanished() {
    for (const PlannedFile& planned : plan_.files) {
      if (planned.action != Action::remove) continue;
      report_.rows.push_back({.path = planned.file.path,
                              .id = planned.id,
                              .action = "removed",
                              .reason = "gone",
                              .text = planned.reason});
      if (auto left = leave(planned.file.path, {}); !left) return left;
      warnings_.remove(planned.file);
      writer_.ledger().erase(planned.file.path);
    }
    return {};
  }

  /// Takes out what the rules hide. The files stay in the ledger, so that they are known when they show
  /// again.
  Result<void> hide_resources() {
    for (const PlannedFile& planned : plan_.files) {
      if (planned.action != Action::hide) continue;
      if (auto left = leave(planned.file.path, {}); !left) return left;
      const LedgerEntry entry = hidden_entry(planned, writer_.ledger(), options_.plan.resource);
      if (!planned.moved_from.empty()) {
        if (auto left = leave(planned.moved_from, {}); !left) return left;
        if (const auto before = writer_.ledger().find(planned.moved_from)) warnings_.remove(before->file);
        writer_.ledger().erase(planned.moved_from);
      }
      warnings_.remove(planned.file);
      writer_.ledger().put(entry);
    }
    return {};
  }

  /// Files under another time: the next run knows them again without looking into them.
  void remember_touched() {
    for (const PlannedFile& planned : plan_.files) {
      if (planned.action != Action::touch) continue;
      LedgerEntry entry = *writer_.ledger().find(planned.file.path);
      entry.file = planned.file;
      entry.look_again = planned.look_again;
      writer_.ledger().put(entry);
    }
  }

  const UpdateOptions& options_;
  const Inputs& inputs_;
  const HiddenIds& hidden_;
  IndexWriter& writer_;
  Plan plan_;
  IdClaims claims_;
  RunContext& context_;
  std::optional<ExtractionMemory> memory_;  ///< from the first document on that is read
  LibraryWarnings warnings_;
  RunReport report_;
};

/// Something that the index holds beside its documents, as it is to be.
struct Chosen {
  std::string bytes;
  bool other = false;  ///< than what the index has
};

/// What `choose` makes of what was asked for and what the index has.
template <typename Wish, typename Choose>
Result<Chosen> chosen(const IndexWriter& writer, std::string_view key, const Wish& wish, Choose choose) {
  const auto stored = writer.metadata(key);
  if (!stored) return std::unexpected(stored.error());
  auto bytes = choose(wish, *stored);
  if (!bytes) return std::unexpected(bytes.error());
  const bool other = *bytes != *stored;
  return Chosen{*std::move(bytes), other};
}

/// An index before it is looked at what to write.
struct Opened {
  Result<IndexFolder> folder;
  std::optional<IndexWriter> writer;        ///< when there is an index; it has taken the folder
  std::optional<Result<Chosen>> thesaurus;  ///< when no other one was asked for
};

Opened open_index(const UpdateOptions& options) {
  Opened index{.folder = IndexFolder::open(options.index, "update")};
  if (!index.folder || !index.folder->current()) return index;
  auto writer = IndexWriter::open(std::move(*index.folder));
  if (!writer) {
    index.folder = std::unexpected(writer.error());
    return index;
  }
  index.writer = std::move(*writer);
  if (!options.inputs.thesaurus) {
    index.thesaurus =
        chosen(*index.writer, schema::kThesaurusKey, std::optional<schema::Thesaurus>(), chosen_thesaurus);
  }
  return index;
}

/// The rest of an update of an index that is there; `thesaurus`: the one that it is to have.
Result<RunReport> update_in_place(const UpdateOptions& options, const Inputs& inputs, IndexWriter& writer,
                                  const Result<Chosen>& thesaurus, RunContext context) {
  if (!thesaurus) return std::unexpected(thesaurus.error());
  const auto rules = chosen(writer, schema::kRulesKey, inputs.rules, chosen_rules);
  if (!rules) return std::unexpected(rules.error());
  const auto hidden = hidden_by(rules->bytes);
  if (!hidden) return std::unexpected(hidden.error());
  Plan plan = plan_run(inputs, writer.ledger(), options, *hidden);
  if (auto allowed = check_deletions(plan, options.deletions); !allowed)
    return std::unexpected(allowed.error());
  for (const auto& [key, data] :
       {std::pair(schema::kThesaurusKey, &*thesaurus), std::pair(schema::kRulesKey, &*rules)}) {
    if (!data->other) continue;
    if (auto put = writer.put_metadata(key, data->bytes); !put) return std::unexpected(put.error());
  }
  return Run(options, inputs, *hidden, writer, std::move(plan), context)
      .execute(thesaurus->other || rules->other);
}

}  // namespace

Result<RunReport> update(const UpdateOptions& options, RunContext context) {
  // Where there is an index, what it knows of the files is read while they are listed. Where there is none,
  // what is asked for wrongly leaves no folder behind.
  std::future<Opened> opening;
  if (schema::current_generation(options.index)) {
    opening = std::async(std::launch::async, open_index, std::cref(options));
  }
  const auto inputs = gather_inputs(options.inputs);
  if (!inputs) return std::unexpected(inputs.error());
  Opened index = opening.valid() ? opening.get() : open_index(options);
  if (!index.folder) return std::unexpected(index.folder.error());
  if (!index.writer) return build_first(*inputs, *index.folder, options, context);
  IndexWriter& writer = *index.writer;
  if (!index.thesaurus) {
    index.thesaurus = chosen(writer, schema::kThesaurusKey, inputs->thesaurus, chosen_thesaurus);
  }
  return update_in_place(options, *inputs, writer, *index.thesaurus, context);
}

}  // namespace carrel::indexer
