// What identifies the bytes of a document, whatever its name and place.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "indexer/extract/extraction.h"

namespace carrel::indexer {

/// A file as it was when its bytes were read.
struct FileStamp {
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  std::uint64_t inode = 0;

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

struct ContentKey {
  /// SHA-256 of the bytes, 64 hexadecimal digits. A memory outlives the files that it was made from, and
  /// whoever can place one document in a library must not be able to have its text taken for another's: a
  /// fast hash can be made to collide. It costs 0.6 seconds a gigabyte, a thousandth of reading PDFs.
  std::string digest;
  FileStamp stamp;
};

/// Reads a file and gives its key. Regular files only, never waits for a pipe. Failures: unreadable,
/// empty-file, too-large (more than `most_bytes`).
std::expected<ContentKey, ExtractionFailure> read_content_key(const std::string& path,
                                                              std::uint64_t most_bytes);

/// Whether the file at `path` is still the one of this stamp.
bool is_still(const std::string& path, const FileStamp& stamp);

}  // namespace carrel::indexer
