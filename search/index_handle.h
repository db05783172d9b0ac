// One thread's hold on an index: opens it, follows the writer to newer revisions, and turns Xapian's
// exceptions into errors. Nothing else in search/ opens a database.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include <xapian.h>

#include "search/schema/result.h"
#include "search/snapshot.h"

namespace carrel::search {

/// Not safe to share between threads; `fork` gives another thread its own.
class IndexHandle {
 public:
  /// Errors: not_found, not_an_index, older_format, newer_format, damaged, unreadable.
  static Result<IndexHandle> open(const std::filesystem::path& directory);

  /// A second handle that shares snapshots with this one.
  Result<IndexHandle> fork() const;

  /// Opens what is new: another generation or a newer commit; true when there was something. On an error the
  /// handle answers from what it has.
  Result<bool> refresh();

  const Xapian::Database& database() const { return database_; }
  const Snapshot& snapshot() const { return *snapshot_; }

  /// The newest that this handle or one of its forks knows.
  std::shared_ptr<const Snapshot> newest_snapshot() const { return cache_->newest(); }

  /// Calls `question` (which returns a Result) until the writer lets it finish: when the revision it reads is
  /// overwritten, the index is opened anew and the question asked again.
  template <typename Question>
  std::invoke_result_t<Question> ask(Question&& question) {
    for (int attempt = 1;; ++attempt) {
      try {
        return question();
      } catch (const Xapian::DatabaseModifiedError& error) {
        if (attempt == kMaxAttempts) return std::unexpected(translate(error, directory_));
      } catch (const Xapian::DatabaseOpeningError& error) {
        // The generation was removed between two of its files being opened: `current` points elsewhere now.
        if (attempt == kMaxAttempts) return std::unexpected(translate(error, directory_));
      } catch (const Xapian::Error& error) {
        return std::unexpected(translate(error, directory_));
      }
      if (const auto reopened = reopen(); !reopened) return std::unexpected(reopened.error());
    }
  }

 private:
  static constexpr int kMaxAttempts = 5;

  IndexHandle(std::filesystem::path directory, std::shared_ptr<SnapshotCache> cache)
      : directory_(std::move(directory)), cache_(std::move(cache)) {}

  /// What the system knows of the file that Xapian renames into place with each commit, in the generation
  /// that `current` names. While it stays the same, nothing has changed.
  struct Marker {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = 0;
    std::int64_t seconds = 0;  ///< of its last change
    std::int64_t nanoseconds = 0;

    friend bool operator==(const Marker&, const Marker&) = default;
  };

  /// Nothing when it cannot be had, or when it is so new that another commit could look the same.
  std::optional<Marker> look_at_marker() const;
  Result<bool> look_for_news();
  Result<void> reopen();
  Result<void> open_generation(const std::filesystem::path& generation);
  static Error translate(const Xapian::Error& error, const std::filesystem::path& directory);

  std::filesystem::path directory_;
  std::filesystem::path generation_;
  std::pair<std::uint64_t, std::uint64_t> folder_{};  ///< device and inode of the generation's folder
  std::optional<Marker> marker_;                      ///< when all that is there was seen
  std::shared_ptr<SnapshotCache> cache_;
  Xapian::Database database_;
  std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace carrel::search
