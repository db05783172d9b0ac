#include "indexer/whole_file.h"

#include <cerrno>
#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/index_folder.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

/// 0 or the error's number.
int write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;
}

}  // namespace

Result<void> write_whole_file(const fs::path& file, std::string_view content) {
  const auto problem = [&](int number) {
    Error error = file_error("cannot write", file, number);
    if (error.kind != ErrorKind::no_space)
      error.hint = "check that its folder is there and that you may write to it";
    return std::unexpected(std::move(error));
  };
  struct stat status {};
  // A rename would put a file in the place of a device or a pipe.
  if (::stat(file.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    if (S_ISDIR(status.st_mode)) return problem(EISDIR);
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return problem(errno);
    const int failed = write_all(descriptor, content);
    ::close(descriptor);
    return failed == 0 ? Result<void>{} : problem(failed);
  }
  // Hidden: whoever lists the folder meanwhile takes it for no document.
  std::string beside = (file.parent_path() / ("." + file.filename().string() + ".XXXXXX")).string();
  const int descriptor = ::mkostemp(beside.data(), O_CLOEXEC);
  if (descriptor < 0) return problem(errno);
  int failed = write_all(descriptor, content);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (failed == 0 && ::fchmod(descriptor, 0666 & ~mask) != 0) failed = errno;
  if (::close(descriptor) != 0 && failed == 0) failed = errno;
  if (failed == 0 && ::rename(beside.c_str(), file.c_str()) != 0) failed = errno;
  if (failed == 0) return {};
  ::unlink(beside.c_str());
  return problem(failed);
}

}  // namespace carrel::indexer
