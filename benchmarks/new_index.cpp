#include "benchmarks/new_index.h"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "search/schema/index_directory.h"

namespace carrel::benchmarks {

namespace fs = std::filesystem;

NewIndex::NewIndex(indexer::IndexFolder folder, fs::path batches, std::size_t workers)
    : folder_(std::move(folder)),
      batches_(std::move(batches)),
      writer_(std::make_unique<indexer::BatchWriter>(batches_, workers)) {}

Result<NewIndex> NewIndex::begin(const fs::path& directory, std::size_t workers) {
  auto folder = indexer::IndexFolder::open(directory, "benchmark");
  if (!folder) return std::unexpected(folder.error());
  auto candidate = folder->begin_candidate();
  if (!candidate) return std::unexpected(candidate.error());
  fs::path batches = *candidate / "batches";
  fs::create_directory(batches);
  return NewIndex(*std::move(folder), std::move(batches), workers);
}

Result<void> NewIndex::publish() {
  const std::vector<std::pair<std::string, std::string>> metadata{
      {std::string(schema::kFormatKey), fmt::format("{}", schema::kFormatVersion)}};
  if (auto whole = writer_->finish(metadata, folder_.candidate_generation()); !whole) return whole;
  fs::remove_all(batches_);
  if (auto sealed = folder_.seal_candidate(); !sealed) return sealed;
  if (auto published = folder_.publish_candidate(); !published) return std::unexpected(published.error());
  return {};
}

}  // namespace carrel::benchmarks
