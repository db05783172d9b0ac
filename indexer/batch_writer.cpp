#include "indexer/batch_writer.h"

#include <future>
#include <system_error>

#include <fmt/format.h>

#include "indexer/pending_entries.h"
#include "indexer/topic_space.h"
#include "indexer/xapian_edge.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

struct BatchWriter::Batch {
  fs::path path;
  Xapian::WritableDatabase database;
  PendingEntries entries;
  std::size_t resources = 0;
  std::uint64_t bytes = 0;
};

BatchWriter::BatchWriter(fs::path folder, std::size_t workers) : folder_(std::move(folder)), open_(workers) {}

BatchWriter::~BatchWriter() {
  for (const auto& batch : open_) {
    if (!batch) continue;
    try {
      batch->database.close();
    } catch (const Xapian::Error&) {
      // The run has failed already, and the files are removed with their folder.
    }
  }
}

fs::path BatchWriter::new_path() {
  const std::lock_guard lock(mutex_);
  return folder_ / fmt::format("batch-{:06}", ++next_);
}

Result<void> BatchWriter::put(std::size_t worker, const IndexedResource& resource) {
  std::unique_ptr<Batch>& batch = open_[worker];
  auto written = guarded(folder_.parent_path(), [&] {
    if (!batch) {
      batch = std::make_unique<Batch>();
      batch->path = new_path();
      // Nobody needs a batch after a power cut, so nothing waits for the disk.
      batch->database =
          Xapian::WritableDatabase(batch->path.string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
    }
    batch->database.add_document(resource.document);
    batch->entries.add_pages(resource);
    batch->entries.add_stems(resource);
    ++batch->resources;
    batch->bytes += resource.text_bytes;
  });
  if (!written) return written;
  {
    const std::lock_guard lock(mutex_);
    ++resources_;
  }
  if (batch->resources < kBatchResources && batch->bytes < kBatchBytes) return {};
  auto closed = close(*batch);
  batch.reset();
  return closed;
}

std::uint64_t BatchWriter::resources() const {
  const std::lock_guard lock(mutex_);
  return resources_;
}

Result<void> BatchWriter::close(Batch& batch) {
  auto closed = guarded(folder_.parent_path(), [&] {
    batch.entries.write(batch.database);
    batch.database.commit();
    batch.database.close();
  });
  if (!closed) return closed;
  return add_finished(std::move(batch.path), 0);
}

/// Lists a finished database; the thread that fills a level merges it.
Result<void> BatchWriter::add_finished(fs::path path, std::size_t level) {
  std::vector<fs::path> parts;
  {
    const std::lock_guard lock(mutex_);
    if (finished_.size() <= level) finished_.resize(level + 1);
    finished_[level].push_back(std::move(path));
    if (finished_[level].size() < kMergeWidth) return {};
    parts.swap(finished_[level]);
  }
  fs::path whole = new_path();
  if (auto merged = merge(parts, whole); !merged) return merged;
  return add_finished(std::move(whole), level + 1);
}

Result<void> BatchWriter::merge(const std::vector<fs::path>& parts, const fs::path& whole) {
  auto merged = guarded(folder_.parent_path(), [&] {
    Xapian::Database all;
    for (const fs::path& part : parts) all.add_database(Xapian::Database(part.string()));
    // Never DBCOMPACT FULLER: in Xapian 1.4.22 it breaks an invariant of the B-trees.
    all.compact(whole.string());
  });
  if (!merged) return merged;
  std::error_code error;
  for (const fs::path& part : parts) fs::remove_all(part, error);
  return {};
}

Result<void> BatchWriter::finish(const std::vector<std::pair<std::string, std::string>>& metadata,
                                 const fs::path& destination) {
  std::vector<std::future<Result<void>>> closing;
  for (auto& batch : open_) {
    if (batch) closing.push_back(std::async(std::launch::async, [&] { return close(*batch); }));
  }
  Result<void> closed;
  for (auto& one : closing) {
    if (auto result = one.get(); !result) closed = result;
  }
  for (auto& batch : open_) batch.reset();
  if (!closed) return closed;

  std::vector<fs::path> parts;
  for (const auto& level : finished_) parts.insert(parts.end(), level.begin(), level.end());
  const fs::path beside = new_path();
  auto written = guarded(folder_.parent_path(), [&] {
    const auto topics = add_topics(parts, static_cast<unsigned>(open_.size()));
    Xapian::WritableDatabase database(beside.string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
    for (const auto& [key, value] : metadata) database.set_metadata(key, value);
    for (const auto& [key, value] : topics) database.set_metadata(key, value);
    database.commit();
  });
  if (!written) return written;
  parts.insert(parts.begin(), beside);
  return merge(parts, destination);
}

}  // namespace carrel::indexer
