#include "indexer/plan.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "indexer/assembly.h"
#include "indexer/hiding.h"
#include "indexer/parallel.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kNames[kActions] = {"add",           "change",  "move",      "refield",
                                               "touch",         "retry",   "unchanged", "skipped-before",
                                               "failed-before", "rebuild", "remove",    "hide"};

constexpr const char* kHidesIt = "the rules hide it";

/// A file system keeps times in ticks. What was changed less than a tick before it was looked at may change
/// again without a sign of it. Times with a part of a second come in ticks of some milliseconds, others in
/// seconds, on FAT in two.
bool time_proves_nothing(const ListedFile& file, std::int64_t now_ns) {
  constexpr std::int64_t kFineTick = 20'000'000;
  constexpr std::int64_t kCoarseTick = 2'000'000'000;
  const std::int64_t tick = file.modified_ns % 1'000'000'000 != 0 ? kFineTick : kCoarseTick;
  return now_ns != 0 && file.modified_ns + tick >= now_ns;
}

/// Calls `digest` for each path, on several threads.
std::vector<std::string> digests(const std::vector<const std::string*>& paths, const PlanOptions& options) {
  std::vector<std::string> found(paths.size());
  if (!options.digest) return found;
  for_each_in_parallel(paths.size(), options.jobs,
                       [&](std::size_t i) { found[i] = options.digest(*paths[i]); });
  return found;
}

/// Makes one plan.
class Planner {
 public:
  Planner(const Inputs& inputs, const Ledger& ledger, const PlanOptions& options)
      : inputs_(inputs),
        catalogue_(inputs.catalogue_or_null()),
        ledger_(ledger),
        options_(options),
        settings_(settings_hash(nullptr, options.resource)) {}

  Plan make() {
    for (const SourceListing& source : inputs_.sources) compare(source);
    find_vanished();
    look_at_contents();
    find_moves();
    find_shown_again();
    give_ids();
    hide();
    find_translated();
    for (auto& [path, entry] : vanished_) {
      plan_.files.push_back(
          {.action = Action::remove, .file = entry.file, .reason = why_removed(entry.file), .id = entry.id});
    }
    std::ranges::sort(plan_.files, {},
                      [](const PlannedFile& planned) { return std::string_view(planned.file.path); });
    find_rows_without_file();
    return std::move(plan_);
  }

 private:
  void compare(const SourceListing& source) {
    for (const UnreadablePlace& place : source.unreadable) {
      plan_.failures.push_back(
          {place.path, "unreadable", fmt::format("{}; check the rights on it", place.text)});
    }
    for (const ListedFile& file : source.files) {
      // The same file through two sources counts once.
      if (inputs_.sources.size() > 1 && !present_.insert(file.path).second) continue;
      compare(source, file);
    }
  }

  void compare(const SourceListing& source, const ListedFile& file) {
    LedgerGlance before;
    const bool known = ledger_.glance(file.path, before);
    remembered_ += known ? 1 : 0;
    const CatalogueRow* row = row_of(file, known ? before.url : std::string_view());
    if (!known) {
      plan({.action = Action::add, .file = file, .row = row, .reason = "new"}, source);
      return;
    }
    const bool same_settings = fits(before.settings_hash, row, file);
    if (before.size != file.size) {
      plan(again(Action::change, file, row, "its size is another"), source);
    } else if (before.look_again || before.modified_ns != file.modified_ns || before.inode != file.inode) {
      const char* why = before.modified_ns != file.modified_ns ? "its time of change is another"
                        : before.inode != file.inode           ? "it is another file"
                                                               : "it was being changed when last looked at";
      plan(again(Action::change, file, row, why), source);
      if (before.code.empty()) doubtful_.push_back(plan_.files.size() - 1);
    } else if (!same_settings) {
      // What could not be read before goes the whole way: another version may read it.
      const bool row_changed = before.settings_hash.starts_with(settings_);
      plan(again(before.code.empty() ? Action::refield : Action::retry, file, row,
                 !row_changed      ? "settings have changed"
                 : file.companions ? "its captions or its catalogue row are others"
                                   : "its catalogue row is another"),
           source);
      if (before.code.empty()) plan_.files.back().known_digest = ledger_.find(file.path)->content_hash;
    } else if (options_.everything) {
      plan(
          again(before.code.empty() ? Action::rebuild : Action::retry, file, row, "everything is built anew"),
          source);
      plan_.files.back().known_digest = ledger_.find(file.path)->content_hash;
    } else if (options_.recognise && before.unread_pages > 0) {
      plan(again(Action::refield, file, row,
                 fmt::format("{} of its pages can be recognised", before.unread_pages)),
           source);
      plan_.files.back().known_digest = ledger_.find(file.path)->content_hash;
    } else if (options_.recognise && !options_.recognise_in.empty() && !before.recognised_in.empty() &&
               before.recognised_in != options_.recognise_in) {
      plan(again(Action::refield, file, row, fmt::format("it was recognised in {}", before.recognised_in)),
           source);
      plan_.files.back().known_digest = ledger_.find(file.path)->content_hash;
    } else if (before.code.empty() && options_.hide.contains(before.id)) {
      plan(again(Action::refield, file, row, kHidesIt), source);
      plan_.files.back().known_digest = ledger_.find(file.path)->content_hash;
    } else if (before.code.empty()) {
      plan_.unchanged.push_back(&file);
    } else {
      const LedgerEntry entry = *ledger_.find(file.path);
      const Action action = is_skipped(entry.code)  ? Action::skipped_before
                            : options_.retry_failed ? Action::retry
                                                    : Action::failed_before;
      plan(again(action, file, row, fmt::format("{}: {}", entry.code, entry.text)), source);
      if (entry.code == "duplicate-id") duplicates_.push_back(plan_.files.size() - 1);
      if (entry.code == kHidden) hidden_before_.push_back(plan_.files.size() - 1);
    }
  }

  PlannedFile again(Action action, const ListedFile& file, const CatalogueRow* row,
                    std::string reason) const {
    PlannedFile planned{.action = action, .file = file, .row = row, .reason = std::move(reason)};
    const auto entry = ledger_.find(file.path);
    planned.added = entry->added;
    planned.id = entry->id;
    return planned;
  }

  void plan(PlannedFile planned, const SourceListing& source) {
    planned.look_again = time_proves_nothing(planned.file, options_.now_ns);
    plan_.files.push_back(std::move(planned));
    roots_.push_back(&source.root);
  }

  const CatalogueRow* row_of(const ListedFile& file, std::string_view url) {
    if (catalogue_ == nullptr) return nullptr;
    const CatalogueRow* row = catalogue_->find_file(schema::repair_utf8(file.relative), file.path);
    // A librarian catalogues the film, not its captions.
    if (row == nullptr && file.companions && !file.companions->address_of.empty() &&
        file.companions->translates.empty()) {
      const fs::path opened(file.companions->address_of);
      row = catalogue_->find_file(schema::repair_utf8(opened.string()),
                                  fs::path(file.path).replace_filename(opened.filename()).string());
    }
    if (row == nullptr && !url.empty()) row = catalogue_->find_url(url);
    if (row != nullptr) matched_.insert(row);
    return row;
  }

  bool fits(std::string_view hash, const CatalogueRow* row, const ListedFile& file) const {
    if (!hash.starts_with(settings_)) return false;
    if (file.companions) {
      if (!hash.ends_with(file.companions->fingerprint)) return false;
      hash.remove_suffix(file.companions->fingerprint.size());
    }
    return row == nullptr ? hash.size() == settings_.size() : hash == settings_hash_from(row, settings_);
  }

  /// Entries of these sources whose files are not there.
  void find_vanished() {
    if (remembered_ == ledger_.size()) return;
    if (inputs_.sources.size() == 1) {
      for (const ListedFile& file : inputs_.sources.front().files) present_.insert(file.path);
    }
    std::vector<std::uint64_t> resources(inputs_.sources.size());
    ledger_.for_each([&](const LedgerGlance& entry) {
      bool below = false;
      bool looked_at = false;
      bool hidden = false;
      for (std::size_t i = 0; i < inputs_.sources.size(); ++i) {
        const SourceListing& source = inputs_.sources[i];
        if (!lies_below(entry.path, source.root)) continue;
        below = true;
        resources[i] += entry.id.empty() ? 0 : 1;
        looked_at |= !source.only || std::ranges::binary_search(*source.only, entry.path);
        for (const UnreadablePlace& place : source.unreadable) hidden |= lies_below(entry.path, place.path);
      }
      if (hidden && !entry.id.empty()) ++plan_.hidden;
      if (options_.everything) below = looked_at = true;
      if (below && !entry.id.empty()) ++plan_.indexed_before;
      if (!looked_at || hidden || present_.contains(entry.path)) return;
      if (!entry.id.empty()) by_inode_.emplace(entry.inode, entry.path);
      vanished_.emplace(entry.path, *ledger_.find(entry.path));
    });
    for (std::size_t i = 0; i < inputs_.sources.size(); ++i) {
      const SourceListing& source = inputs_.sources[i];
      const bool nothing = source.files.empty() && source.unreadable.empty() && source.excluded == 0;
      if (!source.only && nothing && resources[i] > 0) plan_.emptied.push_back({source.root, resources[i]});
    }
  }

  std::string why_removed(const ListedFile& file) const {
    if (is_excluded(file.relative, options_.exclude)) return "it is excluded";
    const auto holds = [&](const SourceListing& source) { return lies_below(file.path, source.root); };
    return std::ranges::any_of(inputs_.sources, holds) ? "its file is gone" : "its source is not named";
  }

  /// Whether files of another time hold what they held, and whether new files hold what vanished ones held.
  void look_at_contents() {
    std::unordered_set<std::uint64_t> sizes;
    for (const auto& [path, entry] : vanished_) {
      if (!entry.id.empty() && !entry.content_hash.empty()) sizes.insert(entry.file.size);
    }
    std::vector<std::size_t> numbers = doubtful_;
    for (std::size_t i = 0; !sizes.empty() && i < plan_.files.size(); ++i) {
      const PlannedFile& planned = plan_.files[i];
      if (planned.action == Action::add && sizes.contains(planned.file.size) &&
          same_inode(planned.file) == nullptr) {
        numbers.push_back(i);
      }
    }
    std::vector<const std::string*> paths;
    for (const std::size_t number : numbers) paths.push_back(&plan_.files[number].file.path);
    std::vector<std::string> found = digests(paths, options_);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      PlannedFile& planned = plan_.files[numbers[i]];
      planned.known_digest = std::move(found[i]);
      if (planned.action == Action::change) settle(planned);
    }
  }

  /// A file in doubt: changed, touched, or of other fields.
  void settle(PlannedFile& planned) {
    const LedgerEntry before = *ledger_.find(planned.file.path);
    if (planned.known_digest.empty() || planned.known_digest != before.content_hash) return;
    const bool same_day = day_of(planned.file.modified_ns) == day_of(before.file.modified_ns);
    planned.action = !same_day || !fits(before.settings_hash, planned.row, planned.file) ? Action::refield
                     : options_.everything                                               ? Action::rebuild
                                                                                         : Action::touch;
    planned.reason += ", its content is the same";
  }

  /// The vanished entry that is the same file under another name; nullptr when there is none.
  const LedgerEntry* same_inode(const ListedFile& file) const {
    const auto [first, last] = by_inode_.equal_range(file.inode);
    for (auto at = first; at != last; ++at) {
      const auto entry = vanished_.find(at->second);
      if (entry != vanished_.end() && entry->second.file.size == file.size &&
          entry->second.file.modified_ns == file.modified_ns && !entry->second.look_again) {
        return &entry->second;
      }
    }
    return nullptr;
  }

  void find_moves() {
    if (vanished_.empty()) return;
    std::unordered_multimap<std::string, std::string> by_content;
    std::unordered_map<std::string, std::string> by_id;
    for (const auto& [path, entry] : vanished_) {
      if (entry.id.empty()) continue;
      by_id.emplace(entry.id, path);
      if (!entry.content_hash.empty()) by_content.emplace(entry.content_hash, path);
    }
    for (PlannedFile& planned : plan_.files) {
      if (planned.action != Action::add) continue;
      const LedgerEntry* from = same_inode(planned.file);
      const std::string id = planned.row != nullptr ? planned.row->fields.get(schema::FieldId::id) : "";
      const char* how = "";
      if (from != nullptr) {
        planned.known_digest = from->content_hash;
      } else if (const auto same = by_content.find(planned.known_digest);
                 !planned.known_digest.empty() && same != by_content.end()) {
        from = &vanished_.at(same->second);
        by_content.erase(same);
      } else if (const auto same_id = by_id.find(id); !id.empty() && same_id != by_id.end()) {
        if (!vanished_.contains(same_id->second)) continue;
        from = &vanished_.at(same_id->second);
        how = " and changed: the catalogue gives it the same id";
      }
      if (from == nullptr || !vanished_.contains(from->file.path)) continue;
      planned.action = Action::move;
      planned.moved_from = from->file.path;
      planned.added = from->added;
      planned.reason = fmt::format("moved from {}{}", schema::repair_utf8(from->file.path), how);
      vanished_.erase(from->file.path);
    }
  }

  /// Files that were hidden and whose id no rule names any more.
  void find_shown_again() {
    for (const std::size_t i : hidden_before_) {
      PlannedFile& planned = plan_.files[i];
      const auto [plain, longer] = default_ids(i);
      const std::string given = planned.row != nullptr ? planned.row->fields.get(schema::FieldId::id) : "";
      if (given.empty() ? options_.hide.contains(plain) || options_.hide.contains(longer)
                        : options_.hide.contains(given)) {
        continue;
      }
      planned.action = Action::retry;
      planned.reason = "the rules hide it no longer";
      planned.known_digest = ledger_.find(planned.file.path)->content_hash;
    }
  }

  void hide() {
    for (PlannedFile& planned : plan_.files) {
      const bool left_as_it_is =
          planned.action == Action::skipped_before || planned.action == Action::failed_before;
      if (left_as_it_is || !options_.hide.contains(planned.id)) continue;
      planned.action = Action::hide;
      planned.reason = kHidesIt;
    }
  }

  /// Every file that will be written gets the id that its resource will have. Of two files that would have
  /// the same, as in two sources of the same structure, the later one's begins with the name of its source.
  void give_ids() {
    const auto is_written = [](const PlannedFile& planned) {
      const bool left_out = planned.file.companions && !planned.file.companions->left_out_code.empty();
      return !left_out && planned.action != Action::skipped_before && planned.action != Action::failed_before;
    };
    if (std::ranges::none_of(plan_.files, is_written) && duplicates_.empty()) return;
    std::unordered_map<std::string, std::string>& owners = plan_.owners;
    ledger_.for_each([&](const LedgerGlance& entry) {
      if (!entry.id.empty()) owners.emplace(entry.id, entry.path);
    });
    const auto release = [&](const std::string& id, const std::string& path) {
      const auto owner = owners.find(id);
      if (owner != owners.end() && owner->second == path) owners.erase(owner);
    };
    for (const auto& [path, entry] : vanished_) release(entry.id, path);
    for (const PlannedFile& planned : plan_.files) {
      if (is_written(planned)) release(planned.id, planned.file.path);
      if (planned.action != Action::move) continue;
      if (const auto entry = ledger_.find(planned.moved_from)) release(entry->id, planned.moved_from);
    }
    // First those whose id is settled, then those that take what is left.
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < plan_.files.size(); ++i) {
      PlannedFile& planned = plan_.files[i];
      if (!is_written(planned)) continue;
      const auto [plain, longer] = default_ids(i);
      std::string id = planned.row != nullptr ? planned.row->fields.get(schema::FieldId::id) : "";
      if (id.empty() && (planned.id == plain || planned.id == longer)) id = planned.id;
      if (id.empty()) {
        open.push_back(i);
      } else {
        planned.id = std::move(id);
        owners.emplace(planned.id, planned.file.path);
      }
    }
    for (const std::size_t i : open) {
      PlannedFile& planned = plan_.files[i];
      const auto [plain, longer] = default_ids(i);
      planned.id = owners.contains(plain) && !owners.contains(longer) ? longer : plain;
      owners.emplace(planned.id, planned.file.path);
    }
    for (const std::size_t i : duplicates_) {
      PlannedFile& planned = plan_.files[i];
      const auto [plain, longer] = default_ids(i);
      const std::string given = planned.row != nullptr ? planned.row->fields.get(schema::FieldId::id) : "";
      const std::string& id = given.empty() ? plain : given;
      if (planned.action != Action::failed_before || owners.contains(id)) continue;
      planned.action = Action::retry;
      planned.reason = "its id is free now";
      planned.id = id;
      owners.emplace(id, planned.file.path);
    }
  }

  /// The ids of the resources that captions in other languages translate.
  void find_translated() {
    std::unordered_map<std::string_view, std::string_view> ids;
    for (PlannedFile& planned : plan_.files) {
      if (!planned.file.companions || planned.file.companions->translates.empty()) continue;
      if (ids.empty()) {
        for (const auto& [id, path] : plan_.owners) ids.emplace(path, id);
      }
      const fs::path name = fs::path(planned.file.companions->translates).filename();
      const auto id = ids.find(fs::path(planned.file.path).replace_filename(name).string());
      if (id != ids.end()) planned.translates = id->second;
    }
  }

  /// The path below the source, and the same with the name of the source in front.
  std::pair<std::string, std::string> default_ids(std::size_t number) const {
    std::string plain = schema::repair_utf8(plan_.files[number].file.relative);
    const std::string& root = *roots_[number];
    std::string longer = schema::repair_utf8(root.substr(root.rfind('/') + 1)) + "/" + plain;
    return {std::move(plain), std::move(longer)};
  }

  void find_rows_without_file() {
    if (catalogue_ == nullptr) return;
    if (std::ranges::any_of(inputs_.sources, [](const SourceListing& one) { return one.only.has_value(); }))
      return;
    std::unordered_set<std::string> elsewhere;
    if (matched_.size() < catalogue_->rows().size() && remembered_ < ledger_.size()) {
      ledger_.for_each([&](const LedgerGlance& entry) {
        const auto below = [&](const SourceListing& one) { return lies_below(entry.path, one.root); };
        if (std::ranges::none_of(inputs_.sources, below)) {
          elsewhere.insert(schema::repair_utf8(ledger_.find(entry.path)->file.relative));
        }
      });
    }
    for (const CatalogueRow& row : catalogue_->rows()) {
      std::error_code error;
      if (row.path.empty() || matched_.contains(&row) || elsewhere.contains(row.path) ||
          fs::exists(catalogue_->beside_catalogue(row), error)) {
        continue;
      }
      plan_.failures.push_back(
          {row.path, "missing-file",
           fmt::format("{}, line {} names the file '{}', which is in none of the sources; correct "
                       "the path, add the file or delete the row",
                       catalogue_->file().string(), row.line, row.path)});
    }
  }

  const Inputs& inputs_;
  const Catalogue* catalogue_;
  const Ledger& ledger_;
  const PlanOptions& options_;
  std::string settings_;
  Plan plan_;
  std::vector<const std::string*> roots_;   ///< of the source of each planned file, before sorting
  std::vector<std::size_t> doubtful_;       ///< numbers of planned files whose content must decide
  std::vector<std::size_t> duplicates_;     ///< numbers of planned files whose id belonged to another
  std::vector<std::size_t> hidden_before_;  ///< numbers of planned files that the rules hid before
  std::unordered_set<std::string_view> present_;
  std::unordered_set<const CatalogueRow*> matched_;
  std::unordered_map<std::string, LedgerEntry> vanished_;         ///< by path
  std::unordered_multimap<std::uint64_t, std::string> by_inode_;  ///< paths of vanished resources
  std::size_t remembered_ = 0;                                    ///< listed files that the ledger knows
};

}  // namespace

std::string_view to_string(Action action) {
  return kNames[static_cast<std::size_t>(action)];
}

std::uint64_t Plan::count(Action action) const {
  if (action == Action::unchanged) return unchanged.size();
  return static_cast<std::uint64_t>(std::ranges::count(files, action, &PlannedFile::action));
}

Plan make_plan(const Inputs& inputs, const Ledger& ledger, const PlanOptions& options) {
  return Planner(inputs, ledger, options).make();
}

Result<void> check_share(std::uint64_t removed, std::uint64_t before, const DeletionLimit& limit) {
  if (limit.force || removed == 0) return {};
  const unsigned percent = limit.max_percent.value_or(kDefaultMaxDeletePercent);
  const bool much =
      removed * 100 > before * percent && (limit.max_percent.has_value() || removed > kFewRemovals);
  if (!much) return {};
  return fail(ErrorKind::refused,
              fmt::format("{} of {} files are gone, more than {} percent", removed, before, percent),
              "check that the disk is mounted and the folder is the right one; to remove them all the same "
              "run again with --force");
}

Result<void> check_deletions(const Plan& plan, const DeletionLimit& limit) {
  const auto removed = static_cast<std::uint64_t>(std::ranges::count_if(
      plan.files, [](const PlannedFile& one) { return one.action == Action::remove && !one.id.empty(); }));
  if (limit.force || removed == 0) return {};
  if (!plan.emptied.empty()) {
    return fail(ErrorKind::refused,
                fmt::format("the source {} is empty, but {} of its files are in the index",
                            schema::repair_utf8(plan.emptied.front().root), plan.emptied.front().resources),
                "check that the disk is mounted and the folder is the right one; to remove them all the same "
                "run again with --force");
  }
  return check_share(removed, plan.indexed_before, limit);
}

}  // namespace carrel::indexer
