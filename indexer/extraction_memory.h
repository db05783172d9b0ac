// What documents have yielded before, so that moving, renaming or indexing them anew reads none again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "indexer/extract/answer_codec.h"
#include "indexer/ledger.h"
#include "indexer/memory_file.h"

namespace carrel::indexer {

/// The answers of the readers, by the content of the documents (ContentKey::digest) and what else shapes an
/// answer: format_hint() of the name, and the versions of extractor and answer. What is found is decoded
/// with the same distrust as the answer of a child. May be used from several threads.
class ExtractionMemory {
 public:
  explicit ExtractionMemory(MemoryFileOptions options) : file_(std::move(options)) {}

  /// The answer to this document; nothing when it must be read.
  std::optional<Answer> recall(std::string_view digest, std::string_view name);

  /// Keeps an answer, unless another try could end otherwise (timeout, memory, crashed, unreadable,
  /// too-large, or a document cut short).
  void remember(std::string_view digest, std::string_view name, const Answer& answer);

  /// Ends a run after which the index holds what the ledger says.
  void end_run(const Ledger& ledger);

  MemoryFile& file() { return file_; }

 private:
  MemoryFile file_;
};

}  // namespace carrel::indexer
