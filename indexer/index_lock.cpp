#include "indexer/index_lock.h"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <string>
#include <utility>

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "search/schema/index_directory.h"

namespace carrel::indexer {
namespace {

std::string holder(int descriptor) {
  std::string text(400, '\0');
  const ssize_t got = ::pread(descriptor, text.data(), text.size(), 0);
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  while (text.ends_with('\n')) text.pop_back();
  return text.empty() ? "another process" : text;
}

std::string host_name() {
  char name[256] = "";
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "this machine";
}

}  // namespace

Result<IndexLock> IndexLock::take(const std::filesystem::path& directory, std::string_view command) {
  const std::string path = (directory / schema::kLockName).string();
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return fail(full ? ErrorKind::no_space : ErrorKind::unreadable,
                fmt::format("cannot write {}: {}", path, std::strerror(errno)),
                full ? "make room on the disk" : "check the rights on the index folder");
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const std::string who = holder(descriptor);
    ::close(descriptor);
    return fail(ErrorKind::locked,
                fmt::format("the index {} is being written by {}", directory.string(), who),
                "wait until it has finished, or stop that process");
  }
  const std::string text = fmt::format("carrel-index {}, process {} on {}, since {:%Y-%m-%d %H:%M:%S} UTC\n",
                                       command, ::getpid(), host_name(), fmt::gmtime(std::time(nullptr)));
  // Who holds the lock is a courtesy: when it cannot be written the lock holds all the same.
  if (::ftruncate(descriptor, 0) == 0) static_cast<void>(::pwrite(descriptor, text.data(), text.size(), 0));
  return IndexLock(descriptor);
}

IndexLock::IndexLock(IndexLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

IndexLock& IndexLock::operator=(IndexLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

IndexLock::~IndexLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace carrel::indexer
