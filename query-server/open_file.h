// A file that is open, and closes with its owner.
#pragma once

#include <unistd.h>

namespace carrel::query_server {

/// Owns a descriptor of the system; a negative one is none.
class OpenFile {
 public:
  /// Takes the descriptor over.
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace carrel::query_server
