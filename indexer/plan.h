// What an update will do and why. Names, sizes and times decide; where they leave it open whether a file is
// another one, its content does.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/inputs.h"
#include "indexer/ledger.h"
#include "indexer/resource.h"
#include "search/schema/result.h"

namespace carrel::indexer {

enum class Action {
  add,             ///< not met before
  change,          ///< its content is another
  move,            ///< met before under another path
  refield,         ///< the same content, but other fields: its catalogue row or a setting has changed
  touch,           ///< the same content under another time; only remembered anew
  retry,           ///< could not be read before and is tried again
  unchanged,       ///< in the index, nothing to do; not opened
  skipped_before,  ///< no document, or asked to be left out; not opened
  failed_before,   ///< could not be read before and has not changed; not opened
  rebuild,         ///< nothing new, but everything is built anew
  remove,          ///< gone from its source
  hide,            ///< the rules hide its resource: taken out of the index, not opened
};
inline constexpr std::size_t kActions = 12;

/// Ids of resources that the rules hide.
using HiddenIds = std::set<std::string, std::less<>>;

/// For people and programs: "add", "change", … "failed-before".
std::string_view to_string(Action action);

struct PlannedFile {
  Action action = Action::add;
  ListedFile file;
  const CatalogueRow* row = nullptr;
  std::string reason;        ///< for people: "new", "its size is another", "its file is gone"…
  std::string id;            ///< of its resource unless a row found later gives one
  std::string added;         ///< day on which its resource came into the index; empty: today
  std::string moved_from;    ///< path that it had before
  std::string known_digest;  ///< content key of its bytes where that is known
  std::string translates;  ///< id of the resource that its own is a translation of, by its name; may be empty
  bool look_again = false;  ///< changed so recently that its time will prove nothing next time
};

/// Something of the plan that is wrong although no document was opened: an unreadable folder, a catalogue row
/// without its file.
struct PlannedFailure {
  std::string path;
  std::string code;
  std::string text;
};

/// A source that holds nothing now, although the index has resources of it.
struct EmptiedSource {
  std::string root;
  std::uint64_t resources = 0;
};

struct Plan {
  std::vector<PlannedFile> files;            ///< all but the unchanged ones, sorted by path
  std::vector<const ListedFile*> unchanged;  ///< of the listings that the plan was made from
  std::vector<PlannedFailure> failures;
  std::vector<EmptiedSource> emptied;
  std::uint64_t indexed_before = 0;  ///< resources of these sources in the index; known when some are gone
  std::uint64_t hidden = 0;          ///< resources of the index below places that could not be read
  /// Which file each id will belong to; empty when no file is to be read.
  std::unordered_map<std::string, std::string> owners;

  std::uint64_t count(Action action) const;
};

struct PlanOptions {
  bool retry_failed = false;
  bool everything = false;  ///< for a rebuild: nothing is unchanged, and what no source holds is removed
  ResourceOptions resource;
  /// The content key of a file, empty when it cannot be read. Called from several threads. Without it every
  /// file in doubt counts as changed.
  std::function<std::string(const std::string& path)> digest;
  std::int64_t now_ns = 0;   ///< when the sources were listed, since 1970
  unsigned jobs = 1;         ///< files looked at together
  bool recognise = false;    ///< documents with pages that nobody has recognised are read again
  std::string recognise_in;  ///< and those recognised in other languages than these; empty: in any
  std::vector<std::string> exclude;
  HiddenIds hide;
};

/// Compares what lies in the sources with what the ledger remembers. A file is unchanged when size, time and
/// inode are as remembered, the time is old enough to prove something, and the same row and settings shape
/// its fields. A file of another time or inode but the same content is touched, not changed. A new file with
/// the content of one that is gone has moved, and so has one to which the catalogue gives the id of one that
/// is gone. Files of sources that are not listed are left alone, and so are files below a folder that could
/// not be read. What the rules hide leaves the index, and what they hide no longer is tried again. The plan
/// points into `inputs`.
Plan make_plan(const Inputs& inputs, const Ledger& ledger, const PlanOptions& options);

/// How much a run may remove.
struct DeletionLimit {
  std::optional<unsigned> max_percent;  ///< as the person said; nothing: the default below
  bool force = false;
};

inline constexpr unsigned kDefaultMaxDeletePercent = 20;

/// Below this many removals the default limit does not ask: deleting three of five files is a librarian's
/// work.
inline constexpr std::uint64_t kFewRemovals = 10;

/// Error refused when `removed` of `before` files are more than the limit allows.
Result<void> check_share(std::uint64_t removed, std::uint64_t before, const DeletionLimit& limit);

/// Error refused when the plan removes more than the limit allows, or when a source is suddenly empty.
Result<void> check_deletions(const Plan& plan, const DeletionLimit& limit);

}  // namespace carrel::indexer
