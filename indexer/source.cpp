#include "indexer/source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

ListedFile describe(std::string path, std::string relative, const struct stat& status) {
  return {.path = std::move(path),
          .relative = std::move(relative),
          .size = static_cast<std::uint64_t>(status.st_size),
          .modified_ns = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec,
          .inode = status.st_ino};
}

/// Lists one folder; adds its folders to `folders` (relative paths).
void list_folder(SourceListing& listing, const std::string& relative, std::vector<std::string>& folders) {
  const std::string path = relative.empty() ? listing.root : listing.root + "/" + relative;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, CloseDirectory> directory(descriptor < 0 ? nullptr : ::fdopendir(descriptor));
  if (!directory) {
    listing.unreadable.push_back({path, std::strerror(errno)});
    if (descriptor >= 0) ::close(descriptor);
    return;
  }
  errno = 0;
  while (const dirent* entry = ::readdir(directory.get())) {
    const std::string name = entry->d_name;
    if (name.starts_with('.')) continue;
    const std::string below = relative.empty() ? name : relative + "/" + name;
    struct stat status {};
    if (::fstatat(descriptor, entry->d_name, &status, 0) != 0) {
      listing.unreadable.push_back({listing.root + "/" + below, std::strerror(errno)});
    } else if (S_ISREG(status.st_mode)) {
      listing.files.push_back(describe(listing.root + "/" + below, below, status));
    } else if (S_ISDIR(status.st_mode)) {
      // A link to a folder is not followed: it may lead round in a circle or out of the source.
      struct stat link {};
      const bool linked =
          ::fstatat(descriptor, entry->d_name, &link, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(link.st_mode);
      if (!linked) folders.push_back(below);
    }
    errno = 0;
  }
  if (errno != 0) listing.unreadable.push_back({path, std::strerror(errno)});
}

}  // namespace

Result<SourceListing> list_source(const fs::path& source) {
  std::error_code error;
  const fs::path whole = fs::absolute(source).lexically_normal();
  std::string root = whole.string();
  while (root.size() > 1 && root.ends_with('/')) root.pop_back();
  struct stat status {};
  if (::stat(root.c_str(), &status) != 0) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    return fail(
        missing ? ErrorKind::not_found : ErrorKind::unreadable,
        missing ? fmt::format("there is no source {}", source.string())
                : fmt::format("cannot look at the source {}: {}", source.string(), std::strerror(errno)),
        missing ? "check the name, and that the disk it lies on is mounted" : "check the rights on it");
  }
  SourceListing listing;
  if (S_ISREG(status.st_mode)) {
    listing.root = fs::path(root).parent_path().string();
    listing.files.push_back(describe(root, fs::path(root).filename().string(), status));
    return listing;
  }
  if (!S_ISDIR(status.st_mode)) {
    return fail(ErrorKind::usage,
                fmt::format("the source {} is neither a folder nor a file", source.string()),
                "name a folder with documents");
  }
  if (::access(root.c_str(), R_OK | X_OK) != 0) {
    return fail(ErrorKind::unreadable,
                fmt::format("cannot look into {}: {}", source.string(), std::strerror(errno)),
                "check the rights on the folder");
  }
  listing.root = root;
  std::vector<std::string> folders{""};
  while (!folders.empty()) {
    const std::string next = std::move(folders.back());
    folders.pop_back();
    list_folder(listing, next, folders);
  }
  std::ranges::sort(listing.files, {}, &ListedFile::path);
  std::ranges::sort(listing.unreadable, {}, &UnreadablePlace::path);
  return listing;
}

}  // namespace carrel::indexer
