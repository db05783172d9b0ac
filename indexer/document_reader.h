// The stage between plan and index that turns planned files into what they say.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "indexer/extract/extractor_pool.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// A document to be read. `tag` comes back in its outcome.
struct ReadRequest {
  std::string path;
  std::uint64_t tag = 0;
};

/// What became of a document.
struct ReadOutcome {
  ExtractionOutcome outcome;
};

/// Reads documents in child processes that start with the first one. Every submitted document yields one
/// outcome, in the order they finish. One thread.
class DocumentReader {
 public:
  /// `note` is told what protects the children, once they run; may be empty.
  explicit DocumentReader(PoolOptions options, std::function<void(const std::string&)> note = {});

  /// Queues a document. Error failed when no child can be started.
  Result<void> submit(ReadRequest request);

  /// The next finished document; waits for it at most `patience`. Nothing: none finished in time, or none
  /// pending.
  std::optional<ReadOutcome> next(std::chrono::milliseconds patience);

  /// Documents submitted whose outcome has not been taken.
  std::size_t pending() const;

  /// How many documents are worth having pending, so that children never wait and memory stays bounded.
  std::size_t capacity() const;

 private:
  PoolOptions options_;
  std::function<void(const std::string&)> note_;
  std::unique_ptr<ExtractorPool> pool_;
};

}  // namespace carrel::indexer
