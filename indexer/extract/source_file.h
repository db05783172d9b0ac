// Opening a document in the parent: only regular files, never blocking, within the size limit.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "indexer/extract/extraction.h"

namespace carrel::indexer {

/// A document open for reading; closed when it goes out of scope.
class SourceFile {
 public:
  /// Failures: unreadable, empty-file, too-large.
  static std::expected<SourceFile, ExtractionFailure> open(const std::string& path, std::uint64_t most_bytes);

  SourceFile(SourceFile&& other) noexcept;
  SourceFile& operator=(SourceFile&& other) noexcept;
  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;
  ~SourceFile();

  int descriptor() const { return descriptor_; }
  std::uint64_t bytes() const { return bytes_; }

 private:
  explicit SourceFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_ = -1;
  std::uint64_t bytes_ = 0;
};

}  // namespace carrel::indexer
