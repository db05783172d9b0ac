#include "indexer/plan.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

bool lies_below(std::string_view path, std::string_view folder) {
  return path == folder || (path.starts_with(folder) && path.substr(folder.size()).starts_with('/'));
}

/// What has changed about a file since the ledger's entry; empty: nothing.
std::string difference(const ListedFile& now, const LedgerEntry& before, std::string_view settings) {
  if (now.size != before.file.size) return "size changed";
  if (now.modified_ns != before.file.modified_ns) return "time of change is another";
  if (now.inode != before.file.inode) return "it is another file";
  if (settings != before.settings_hash) return "catalogue row or settings changed";
  return {};
}

}  // namespace

std::string_view to_string(Action action) {
  switch (action) {
    case Action::add:
      return "add";
    case Action::change:
      return "change";
    case Action::retry:
      return "retry";
    case Action::unchanged:
      return "unchanged";
    case Action::failed_before:
      return "failed before";
    case Action::remove:
      return "remove";
  }
  std::unreachable();
}

std::uint64_t Plan::count(Action action) const {
  return static_cast<std::uint64_t>(std::ranges::count(files, action, &PlannedFile::action));
}

Plan make_plan(const std::vector<SourceListing>& sources, const Catalogue* catalogue, const Ledger& ledger,
               const PlanOptions& options) {
  Plan plan;
  std::set<std::string_view> present;
  std::set<const CatalogueRow*> matched;
  for (const SourceListing& source : sources) {
    for (const ListedFile& file : source.files) {
      if (!present.insert(file.path).second) continue;  // the same file through two sources
      const LedgerEntry* before = ledger.find(file.path);
      const CatalogueRow* row = catalogue == nullptr
                                    ? nullptr
                                    : catalogue->find_file(schema::repair_utf8(file.relative), file.path);
      if (row == nullptr && catalogue != nullptr && before != nullptr) row = catalogue->find_url(before->url);
      if (row != nullptr) matched.insert(row);
      PlannedFile planned{.action = Action::add, .file = file, .row = row, .reason = "new"};
      if (before != nullptr) {
        const std::string changed = difference(file, *before, settings_hash(row, options.resource));
        if (!changed.empty()) {
          planned.action = Action::change;
          planned.reason = changed;
        } else if (before->code.empty()) {
          planned.action = Action::unchanged;
          planned.reason = "as remembered";
        } else {
          planned.action = options.retry_failed ? Action::retry : Action::failed_before;
          planned.reason = fmt::format("{}: {}", before->code, before->text);
        }
      }
      plan.files.push_back(std::move(planned));
    }
    for (const UnreadablePlace& place : source.unreadable) {
      plan.failures.push_back(
          {place.path, "unreadable", fmt::format("{}; check the rights on it", place.text)});
    }
  }
  for (const auto& [path, entry] : ledger.entries()) {
    const auto holds = [&](const SourceListing& source) { return lies_below(path, source.root); };
    const auto hidden = [&](const UnreadablePlace& place) { return lies_below(path, place.path); };
    const auto source = std::ranges::find_if(sources, holds);
    if (source == sources.end()) continue;
    if (!entry.id.empty()) ++plan.indexed_before;
    if (present.contains(path) || std::ranges::any_of(source->unreadable, hidden)) continue;
    plan.files.push_back(
        {.action = Action::remove, .file = entry.file, .row = nullptr, .reason = "file is gone"});
  }
  std::ranges::sort(plan.files, {},
                    [](const PlannedFile& planned) { return std::string_view(planned.file.path); });

  if (catalogue != nullptr) {
    for (const CatalogueRow& row : catalogue->rows()) {
      std::error_code error;
      if (row.path.empty() || matched.contains(&row) || fs::exists(catalogue->beside_catalogue(row), error))
        continue;
      plan.failures.push_back(
          {row.path, "missing-file",
           fmt::format("{}, line {} names the file '{}', which is in none of the sources; correct "
                       "the path, add the file or delete the row",
                       catalogue->file().string(), row.line, row.path)});
    }
  }
  return plan;
}

Result<void> check_deletions(const Plan& plan, const DeletionLimit& limit) {
  std::uint64_t removed = plan.count(Action::remove);
  if (limit.force || removed == 0) return {};
  const std::uint64_t left = plan.files.size() - removed;
  const unsigned percent = limit.max_percent.value_or(kDefaultMaxDeletePercent);
  const bool much = removed * 100 > plan.indexed_before * percent &&
                    (limit.max_percent.has_value() || removed > kFewRemovals);
  if (left == 0 || much) {
    return fail(
        ErrorKind::refused,
        left == 0 ? fmt::format("the sources are empty, but {} of their files are in the index", removed)
                  : fmt::format("{} of {} files are gone, more than {} percent", removed, plan.indexed_before,
                                percent),
        "check that the disk is mounted and the folder is the right one; to remove them all the same run "
        "again with --force");
  }
  return {};
}

}  // namespace carrel::indexer
