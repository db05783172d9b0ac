// Writing many resources at once: small databases side by side, merged at the end.
//
// Batches of some hundred resources are written by several threads, each into a small database of its own.
// That costs half the processor time of one large database and a tenth of its memory, because
// Xapian's pending postings stay in the processor's caches, and it uses all cores. Merging gives new document
// numbers; nothing in an index hangs on them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <xapian.h>

#include "indexer/document.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// Resources and text of one batch: measured, larger ones are slower (against 16 MiB, 1 MiB saves 6 percent
/// of the processor time of a whole run, half a MiB no more than that) and take more memory (about eight
/// times the text).
inline constexpr std::size_t kBatchResources = 500;
inline constexpr std::uint64_t kBatchBytes = 1ULL << 20;

/// So many databases are merged into one at a time: at six files each far below the 1,024 that a process may
/// commonly have open, and a gigabyte of text passes through two merges.
inline constexpr std::size_t kMergeWidth = 64;

/// The batches of one new generation. put() may be called by `workers` threads at once, each with its own
/// number; finish() when all are done.
class BatchWriter {
 public:
  /// Works in `folder`, which exists and is empty.
  BatchWriter(std::filesystem::path folder, std::size_t workers);
  ~BatchWriter();

  /// Adds a resource; none of this id has been added before.
  Result<void> put(std::size_t worker, const IndexedResource& resource);

  std::uint64_t resources() const;

  /// Finds the topics of all resources, and merges all batches and `metadata` into a database at
  /// `destination`, which does not exist yet, and removes them.
  Result<void> finish(const std::vector<std::pair<std::string, std::string>>& metadata,
                      const std::filesystem::path& destination);

 private:
  struct Batch;
  Result<void> close(Batch& batch);
  Result<void> add_finished(std::filesystem::path path, std::size_t level);
  Result<void> merge(const std::vector<std::filesystem::path>& parts, const std::filesystem::path& whole);
  std::filesystem::path new_path();

  std::filesystem::path folder_;
  std::vector<std::unique_ptr<Batch>> open_;  ///< one a worker
  mutable std::mutex mutex_;
  std::vector<std::vector<std::filesystem::path>> finished_;  ///< by how often they were merged
  std::uint64_t resources_ = 0;
  std::uint64_t next_ = 0;
};

}  // namespace carrel::indexer
