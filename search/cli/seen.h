// What a saved search has shown already, so that the next time only what is new need be looked at.
#pragma once

#include <string>
#include <vector>

#include "search/answer.h"
#include "search/cli/options.h"
#include "search/schema/result.h"

namespace carrel::search::cli {

/// Resources carry the day on which they came in. So the newest day is remembered, and of that day what was
/// shown: whatever else comes in on it is new. Neither the query nor any other id is kept.
struct Seen {
  std::string revision;          ///< of the library when it was last looked at; empty: never
  std::string day;               ///< of the newest hit
  std::vector<std::string> ids;  ///< hits of that day

  bool is_new(const Resource& resource) const;
  /// True when neither this hit nor any that came in earlier is new.
  bool is_past(const Resource& resource) const { return !revision.empty() && resource.added < day; }
};

/// Follows the hits of a search, newest first, to what is to be remembered of them.
class SeenNext {
 public:
  explicit SeenNext(const Seen& before) : before_(before) {}
  void take(const Resource& resource);
  Seen finish(const std::string& revision) const;

 private:
  const Seen& before_;
  std::string day_;
  std::vector<std::string> ids_;
};

/// The file that remembers for a search of this name in this place; in the person's folder of state.
std::string seen_file(const std::string& folder, const std::string& name, const Place& place);

/// Nothing seen when there is no file. Errors (unreadable, damaged).
Result<Seen> read_seen(const std::string& file);
Result<void> write_seen(const std::string& file, const Seen& seen);

}  // namespace carrel::search::cli
