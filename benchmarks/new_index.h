// A new index, written in batches as carrel-index writes its first one and rebuilds it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>

#include "indexer/batch_writer.h"
#include "indexer/index_folder.h"
#include "search/schema/result.h"

namespace carrel::benchmarks {

class NewIndex {
 public:
  /// An index to be in `directory`, written by `workers` threads. Errors as IndexFolder has them.
  static Result<NewIndex> begin(const std::filesystem::path& directory, std::size_t workers);

  /// Takes the resources.
  indexer::BatchWriter& writer() { return *writer_; }

  /// Makes it the index that answers.
  Result<void> publish();

 private:
  NewIndex(indexer::IndexFolder folder, std::filesystem::path batches, std::size_t workers);

  indexer::IndexFolder folder_;
  std::filesystem::path batches_;
  std::unique_ptr<indexer::BatchWriter> writer_;
};

}  // namespace carrel::benchmarks
