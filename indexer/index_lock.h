// One writer at a time.
#pragma once

#include <filesystem>
#include <string_view>

#include "search/schema/result.h"

namespace carrel::indexer {

/// The lock on an index directory, held until destruction; the system lets go of it when the process dies.
class IndexLock {
 public:
  /// `command` says what the holder does. Errors: locked (the message says who holds it since when),
  /// unreadable, no_space.
  static Result<IndexLock> take(const std::filesystem::path& directory, std::string_view command);

  IndexLock(IndexLock&& other) noexcept;
  IndexLock& operator=(IndexLock&& other) noexcept;
  ~IndexLock();

 private:
  explicit IndexLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace carrel::indexer
