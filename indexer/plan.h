// What an update will do and why, decided by looking at names, sizes and times alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/catalogue.h"
#include "indexer/ledger.h"
#include "indexer/resource.h"
#include "indexer/source.h"
#include "search/schema/result.h"

namespace carrel::indexer {

enum class Action {
  add,            ///< not met before
  change,         ///< met before, its file or its catalogue row has changed
  retry,          ///< could not be read before and is tried again on request
  unchanged,      ///< in the index, nothing to do; not opened
  failed_before,  ///< could not be read before and has not changed; not opened
  remove,         ///< gone from its source
};

std::string_view to_string(Action action);

struct PlannedFile {
  Action action = Action::add;
  ListedFile file;
  const CatalogueRow* row = nullptr;
  std::string reason;  ///< for people: "new", "size changed", "catalogue row changed", "file is gone"…
};

/// Something of the plan that is wrong although no document was opened: an unreadable folder, a catalogue row
/// without its file.
struct PlannedFailure {
  std::string path;
  std::string code;
  std::string text;
};

struct Plan {
  std::vector<PlannedFile> files;  ///< sorted by path
  std::vector<PlannedFailure> failures;
  std::uint64_t indexed_before = 0;  ///< resources of these sources in the index

  std::uint64_t count(Action action) const;
};

struct PlanOptions {
  bool retry_failed = false;
  ResourceOptions resource;
};

/// Compares what lies in the sources with what the ledger remembers. A file is unchanged when size, time and
/// inode are as remembered and the same row and settings shape its fields. Files of sources that are not
/// listed are left alone, and so are files below a folder that could not be read. `catalogue` may be nullptr;
/// the plan points into it.
Plan make_plan(const std::vector<SourceListing>& sources, const Catalogue* catalogue, const Ledger& ledger,
               const PlanOptions& options);

/// How much a run may remove.
struct DeletionLimit {
  std::optional<unsigned> max_percent;  ///< as the person said; nothing: the default below
  bool force = false;
};

inline constexpr unsigned kDefaultMaxDeletePercent = 20;

/// Below this many removals the default limit does not ask: deleting three of five files is a librarian's
/// work.
inline constexpr std::uint64_t kFewRemovals = 10;

/// Error refused when the plan removes more than the limit allows, or everything.
Result<void> check_deletions(const Plan& plan, const DeletionLimit& limit);

}  // namespace carrel::indexer
