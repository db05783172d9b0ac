#include "query-server/documents.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "query-server/byte_range.h"
#include "query-server/entity_tag.h"
#include "query-server/http_date.h"
#include "query-server/media_type.h"
#include "query-server/percent.h"
#include "query-server/preconditions.h"

namespace carrel::query_server {
namespace {

/// Opens `path` beneath the folder, each symbolic link followed only as long as it stays there. Without
/// openat2 (before Linux 5.6, or filtered away) no symbolic link is followed at all.
int open_beneath(int root, const std::string& path) {
  constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  open_how how{};
  how.flags = kFlags;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  const long opened = ::syscall(SYS_openat2, root, path.c_str(), &how, sizeof how);
  if (opened >= 0 || (errno != ENOSYS && errno != EPERM)) return static_cast<int>(opened);

  int folder = ::fcntl(root, F_DUPFD_CLOEXEC, 0);
  for (std::size_t begin = 0; folder >= 0;) {
    const auto slash = path.find('/', begin);
    const std::string name = path.substr(begin, slash == std::string::npos ? slash : slash - begin);
    const bool last = slash == std::string::npos;
    const int next = ::openat(folder, name.c_str(), kFlags | O_NOFOLLOW | (last ? 0 : O_DIRECTORY));
    ::close(folder);
    if (last) return next;
    folder = next;
    begin = slash + 1;
  }
  return -1;
}

/// Every part of the path must be a plain name: not empty, not beginning with a dot, without NUL.
bool is_plain_path(std::string_view path) {
  if (path.empty() || path.find('\0') != std::string_view::npos) return false;
  for (std::size_t begin = 0; begin <= path.size();) {
    const auto end = std::min(path.find('/', begin), path.size());
    if (end == begin || path[begin] == '.') return false;
    begin = end + 1;
  }
  return true;
}

Problem not_there() {
  return {404, "There is no such document", "Search for it by its title", {}};
}

}  // namespace

Result<Documents> Documents::open(const std::string& root) {
  const int descriptor = ::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    return fail(missing ? ErrorKind::not_found : ErrorKind::unreadable,
                missing ? "There is no folder " + root
                        : "Cannot open the folder " + root + ": " + std::strerror(errno),
                "Give the folder of the documents with --documents");
  }
  return Documents(std::make_shared<const OpenFile>(descriptor));
}

bool Documents::has(std::string_view path) const {
  struct stat status {};
  if (!is_plain_path(path)) return false;
  const OpenFile file(open_beneath(root_->descriptor(), std::string(path)));
  return file.descriptor() >= 0 && ::fstat(file.descriptor(), &status) == 0 && S_ISREG(status.st_mode);
}

std::expected<HttpResponse, Problem> Documents::serve(const HttpRequest& request,
                                                      std::string_view path) const {
  const auto decoded = percent_decode(path, Plus::stays);
  if (!decoded) {
    return std::unexpected(Problem{400,
                                   "A percent sign in the address is not followed by two hexadecimal digits",
                                   "Write a percent sign as %25",
                                   {}});
  }
  if (!is_plain_path(*decoded)) return std::unexpected(not_there());
  const auto file = std::make_shared<const OpenFile>(open_beneath(root_->descriptor(), *decoded));
  struct stat status {};
  if (file->descriptor() < 0 || ::fstat(file->descriptor(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return std::unexpected(not_there());
  }

  const auto size = static_cast<std::uint64_t>(status.st_size);
  const std::string tag =
      "\"" +
      content_hash(std::to_string(size) + "/" + std::to_string(status.st_mtim.tv_sec) + "/" +
                   std::to_string(status.st_mtim.tv_nsec) + "/" + std::to_string(status.st_ino)) +
      "\"";
  const MediaType& type = media_type_of(*decoded);
  HttpResponse response;
  response.set("ETag", tag);
  response.set("Accept-Ranges", "bytes");
  // A time that is still to come cannot be told (RFC 9110, section 8.8.2.1).
  const std::time_t now = std::time(nullptr);
  const std::time_t modified = std::min<std::time_t>(status.st_mtim.tv_sec, now);
  response.set("Last-Modified", http_date(modified));
  const Validators validators{.tag = tag, .modified = modified, .now = now};
  const auto condition = status_of_preconditions(request, validators);
  if (condition == 412) return std::unexpected(precondition_failed());
  if (condition == 304) {
    response.status = 304;
    return response;
  }
  response.set("Content-Type", std::string(type.name));
  response.set("Content-Disposition", type.shown ? "inline" : "attachment");
  response.set("Content-Security-Policy", std::string(type.policy));

  // A range of another version of the file is no range of this one (If-Range).
  const bool range_counts = request.method == "GET" && if_range_holds(request, validators);
  const RangeReading reading = read_range(range_counts ? request.header("Range") : std::nullopt, size);
  if (reading.outcome == RangeOutcome::unsatisfiable) {
    return std::unexpected(
        Problem{416,
                "The document ends before this range",
                "Ask for bytes that it has",
                {{"Content-Range", "bytes */" + std::to_string(size)}, {"Accept-Ranges", "bytes"}}});
  }
  response.file = FileSlice{file, 0, size};
  if (reading.outcome == RangeOutcome::part) {
    response.status = 206;
    response.file->offset = reading.range.first;
    response.file->length = reading.range.length;
    response.set("Content-Range", "bytes " + std::to_string(reading.range.first) + "-" +
                                      std::to_string(reading.range.first + reading.range.length - 1) + "/" +
                                      std::to_string(size));
  }
  return response;
}

}  // namespace carrel::query_server
