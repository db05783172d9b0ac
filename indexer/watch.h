// Keeping an index up to date as long as the program runs.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "indexer/run.h"
#include "search/schema/result.h"

namespace carrel::indexer {

struct WatchOptions {
  UpdateOptions update;
  /// After the first news nothing happens until it was quiet for so long: a document that is being copied is
  /// read once, when it is whole. Ten times as long is the most that a busy folder can put an update off.
  std::chrono::milliseconds settle{2'000};
  /// Everything is looked at again so often, whatever the system has told: it tells nothing of network drives
  /// and of files behind links.
  std::chrono::seconds scan_every{3'600};
};

/// What a watch has to tell while it goes on.
struct WatchListener {
  std::function<void(const RunReport&)> updated;  ///< an update has ended
  std::function<void(const Error&)> failed;       ///< an update could not be made; another one will be tried
  std::function<void(const std::string&)> note;   ///< a sentence on what is watched
};

/// Updates the index, then again whenever a source or the catalogue changes, until the context asks to stop.
/// What goes wrong while it watches (a source is away, the disk is full, another writer is at work) is told,
/// and tried again. Errors: what is wrong at the start.
Result<void> watch(const WatchOptions& options, RunContext context, const WatchListener& listener);

}  // namespace carrel::indexer
