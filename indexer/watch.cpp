#include "indexer/watch.h"

#include <algorithm>

#include <fmt/format.h>

#include "indexer/folder_watch.h"
#include "indexer/update.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// How long a wait may last before somebody looks whether to stop.
constexpr milliseconds kBreath{500};
/// What is not watched is looked at so often, and what went wrong is tried again.
constexpr std::chrono::seconds kPoll{30};
constexpr int kMostSettles = 10;

FolderWatch watch_everything(const InputOptions& inputs) {
  std::vector<fs::path> places = inputs.sources;
  for (const auto& file : {inputs.catalogue, inputs.thesaurus, inputs.rules}) {
    if (file && *file != kNone) places.push_back(*file);
  }
  std::error_code error;
  if (!inputs.copies.empty() && fs::is_directory(inputs.copies, error)) places.push_back(inputs.copies);
  return FolderWatch(places, inputs.listing);
}

/// Waits until something has happened and it is quiet again, until `due`, or until it is to stop. True when
/// folders are others than before.
bool wait_for_news(FolderWatch& folders, const WatchOptions& options, Clock::time_point due,
                   const std::atomic<bool>& stop) {
  bool structure = false;
  std::optional<Clock::time_point> first;
  Clock::time_point quiet_at = due;
  while (!stop.load()) {
    const auto now = Clock::now();
    if (now >= std::min(due, quiet_at)) break;
    const auto left = std::chrono::ceil<milliseconds>(std::min(due, quiet_at) - now);
    const auto news = folders.wait(std::min(left, kBreath));
    if (news == FolderWatch::News::nothing) continue;
    structure |= news == FolderWatch::News::structure;
    const auto heard = Clock::now();
    if (!first) first = heard;
    quiet_at = std::min(heard + options.settle, *first + kMostSettles * options.settle);
  }
  return structure;
}

}  // namespace

Result<void> watch(const WatchOptions& options, RunContext context, const WatchListener& listener) {
  // Watched before it is looked at: nothing falls between the two.
  FolderWatch folders = watch_everything(options.update.inputs);
  std::string told;
  for (bool first = true; !context.stop.load(); first = false) {
    if (folders.trouble() != told) {
      told = folders.trouble();
      if (!told.empty()) {
        listener.note(
            fmt::format("{}; until then everything is looked at every {} seconds", told, kPoll.count()));
      }
    }
    const auto report = update(options.update, context);
    if (report) {
      listener.updated(*report);
    } else if (first && report.error().kind != ErrorKind::locked) {
      return std::unexpected(report.error());
    } else {
      listener.failed(report.error());
    }
    const bool soon = !report || !folders.trouble().empty();
    const auto due = Clock::now() +
                     (soon ? std::min<std::chrono::seconds>(kPoll, options.scan_every) : options.scan_every);
    const bool structure = wait_for_news(folders, options, due, context.stop);
    if (structure || soon || Clock::now() >= due) folders = watch_everything(options.update.inputs);
  }
  return {};
}

}  // namespace carrel::indexer
