// The stage between plan and index that turns planned files into what they say: remembered where they have
// been read before, else read by a child.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "indexer/content_key.h"
#include "indexer/extract/extractor_pool.h"
#include "indexer/extraction_memory.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// A document to be read. `tag` comes back in its outcome.
struct ReadRequest {
  std::string path;
  std::uint64_t tag = 0;
  /// ContentKey::digest of the file where the caller knows that it has not changed; then a remembered
  /// document is not even opened. Empty: nobody knows.
  std::string known_digest;
};

/// What became of a document. `outcome.content_hash` is the ContentKey::digest of the bytes that were read,
/// empty when the file could not be read or changed meanwhile.
struct ReadOutcome {
  ExtractionOutcome outcome;
  bool remembered = false;  ///< no reader has opened it in this run
};

/// Every submitted document yields exactly one outcome. One thread.
class DocumentReader {
 public:
  /// `memory` may be nullptr: every document is read. `note` is told in one sentence what protects the
  /// children, when the first of them starts; may be empty.
  DocumentReader(PoolOptions options, ExtractionMemory* memory,
                 std::function<void(const std::string&)> note = {});

  /// Looks the document up or queues it for a child; the children start with the first that needs one.
  /// Errors: failed (no child can be started).
  Result<void> submit(ReadRequest request);

  /// The next finished document; waits for it at most `patience`.
  std::optional<ReadOutcome> next(std::chrono::milliseconds patience);

  /// Documents submitted whose outcome has not been taken.
  std::size_t pending() const;

  /// How many documents are worth having pending.
  std::size_t capacity() const;

 private:
  struct Waiting {
    std::uint64_t tag = 0;
    std::optional<ContentKey> key;
  };

  bool recall(const ReadRequest& request, const std::string& digest, std::uint64_t bytes);

  PoolOptions options_;
  ExtractionMemory* memory_;
  std::function<void(const std::string&)> note_;
  std::unique_ptr<ExtractorPool> pool_;
  std::deque<ReadOutcome> recalled_;
  std::unordered_map<std::uint64_t, Waiting> waiting_;  ///< by the pool's tag
  std::uint64_t next_tag_ = 0;
};

}  // namespace carrel::indexer
