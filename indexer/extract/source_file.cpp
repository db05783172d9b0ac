#include "indexer/extract/source_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace carrel::indexer {

std::expected<SourceFile, ExtractionFailure> SourceFile::open(const std::string& path,
                                                              std::uint64_t most_bytes) {
  const auto failure = [](std::string code, std::string text) {
    return std::unexpected(ExtractionFailure{std::move(code), std::move(text)});
  };
  // O_NONBLOCK: opening a pipe that nobody writes to must not wait for ever.
  SourceFile file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (file.descriptor_ < 0) {
    return failure("unreadable", fmt::format("It cannot be opened: {}", std::strerror(errno)));
  }
  struct stat status {};
  if (fstat(file.descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) {
    return failure("unreadable", "It is not a regular file");
  }
  file.bytes_ = static_cast<std::uint64_t>(status.st_size);
  if (file.bytes_ == 0) return failure("empty-file", "It is empty");
  if (file.bytes_ > most_bytes) {
    return failure("too-large",
                   fmt::format("It has {} bytes, more than the {} that are read", file.bytes_, most_bytes));
  }
  return file;
}

SourceFile::SourceFile(SourceFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), bytes_(other.bytes_) {}

SourceFile& SourceFile::operator=(SourceFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

SourceFile::~SourceFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace carrel::indexer
