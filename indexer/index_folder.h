// The folder of an index as its one writer sees it: which generation answers, which one is kept to go back
// to, where a new one is built, and how it takes the old one's place.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "indexer/index_lock.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// Held by one writer (locked) until destruction. What killed runs have left behind is removed on opening.
class IndexFolder {
 public:
  /// Makes the folder when it is absent; a folder that holds anything but an index is refused. `command` is
  /// told to whoever meets the lock. Errors: locked, not_an_index, unreadable, no_space.
  static Result<IndexFolder> open(const std::filesystem::path& directory, std::string_view command);

  IndexFolder(IndexFolder&&) noexcept;
  IndexFolder& operator=(IndexFolder&&) = delete;
  /// A folder that this run has made and that never got a generation is removed again.
  ~IndexFolder();

  const std::filesystem::path& directory() const { return directory_; }

  /// The generation that answers; nothing before the first.
  std::optional<std::filesystem::path> current() const;
  /// The generation that rollback goes to; nothing when there is none.
  std::optional<std::filesystem::path> previous() const;

  /// An empty folder for a generation in the making. It becomes an index of its own, so that
  /// `carrel-search --index` can ask it before it is published.
  Result<std::filesystem::path> begin_candidate();

  /// Where in a candidate the finished database belongs.
  std::filesystem::path candidate_generation() const;

  /// Makes the candidate an index: everything is on the disk, its `current` names the generation.
  Result<void> seal_candidate();

  /// Lets the sealed candidate answer from now on: one rename. The generation that answered is kept as the
  /// previous one, the one before that is removed.
  Result<void> publish_candidate();

  void drop_candidate();

  /// Lets the previous generation answer and keeps the one that did as the previous one: calling it twice
  /// changes nothing. Error not_found when there is none.
  Result<void> roll_back();

 private:
  IndexFolder(std::filesystem::path directory, IndexLock lock, bool made);
  void remove_leftovers() const;
  std::uint64_t next_number() const;
  Result<void> point(std::string_view link, const std::filesystem::path& target) const;

  std::filesystem::path directory_;
  std::optional<IndexLock> lock_;
  bool made_ = false;
  std::uint64_t number_ = 0;  ///< of the candidate
};

/// The previous generation of an index, read without a lock; nothing when there is none.
std::optional<std::filesystem::path> previous_generation(const std::filesystem::path& directory);

/// The text of an unsuccessful file operation as an error: no_space for a full disk, else unreadable.
Error file_error(std::string_view what, const std::filesystem::path& file, int number);

}  // namespace carrel::indexer
