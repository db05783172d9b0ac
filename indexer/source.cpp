#include "indexer/source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <fnmatch.h>
#include <sys/stat.h>
#include <unistd.h>

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

/// What is kept of a file's status: a tenth of it.
struct Stamp {
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  std::uint64_t inode = 0;
};

Stamp stamp_of(const struct stat& status) {
  return {.size = static_cast<std::uint64_t>(status.st_size),
          .modified_ns = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec,
          .inode = status.st_ino};
}

ListedFile describe(std::string path, std::string relative, const Stamp& stamp) {
  return {.path = std::move(path),
          .relative = std::move(relative),
          .size = stamp.size,
          .modified_ns = stamp.modified_ns,
          .inode = stamp.inode};
}

/// Absolute, without "." and "..", without a slash at its end.
std::string normal(const fs::path& path) {
  std::string text = fs::absolute(path).lexically_normal().string();
  while (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return text;
}

bool matches(const std::string& pattern, const std::string& relative, const char* name) {
  return pattern.find('/') == std::string::npos ? ::fnmatch(pattern.c_str(), name, 0) == 0
                                                : ::fnmatch(pattern.c_str(), relative.c_str(), 0) == 0;
}

/// Walks a folder with all below it.
class Walk {
 public:
  Walk(SourceListing& listing, const ListingOptions& options) : listing_(listing), options_(options) {}

  /// Lists the folder `relative` ("" for the root). Its deepest folders are as deep as a path may be long.
  void folder(const std::string& relative) {
    const std::string below_here = relative.empty() ? std::string() : relative + "/";
    const std::string whole_here = listing_.root + "/" + below_here;
    const std::string path = relative.empty() ? listing_.root : listing_.root + "/" + relative;
    std::vector<Entry> entries = read(path, relative);
    std::ranges::sort(entries, {}, &Entry::name);
    for (Entry& entry : entries) {
      std::string whole = whole_here + entry.name;
      std::string below = below_here + entry.name;
      if (!entry.folder) {
        listing_.files.push_back(describe(std::move(whole), std::move(below), entry.stamp));
      } else if (options_.skip.empty() || options_.skip != whole) {
        folder(below);
      }
    }
  }

 private:
  struct Entry {
    std::string name;
    bool folder = false;
    Stamp stamp;
  };

  std::vector<Entry> read(const std::string& path, const std::string& relative) {
    std::vector<Entry> entries;
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, CloseDirectory> directory(descriptor < 0 ? nullptr : ::fdopendir(descriptor));
    if (!directory) {
      listing_.unreadable.push_back({path, std::strerror(errno)});
      if (descriptor >= 0) ::close(descriptor);
      return entries;
    }
    errno = 0;
    while (const dirent* found = ::readdir(directory.get())) {
      if (found->d_name[0] != '.' && !excluded(relative, found->d_name)) {
        look_at(descriptor, *found, path, entries);
      }
      errno = 0;
    }
    if (errno != 0) listing_.unreadable.push_back({path, std::strerror(errno)});
    return entries;
  }

  void look_at(int descriptor, const dirent& found, const std::string& path, std::vector<Entry>& entries) {
    Entry entry{.name = found.d_name};
    struct stat status;
    if (found.d_type == DT_DIR) {
      entry.folder = true;
    } else if (::fstatat(descriptor, found.d_name, &status, 0) != 0) {
      // Removed since the folder was read: it is gone. A link to nowhere is worth a word.
      struct stat link {};
      if (::fstatat(descriptor, found.d_name, &link, AT_SYMLINK_NOFOLLOW) == 0) {
        listing_.unreadable.push_back({path + "/" + found.d_name, std::strerror(errno)});
      }
      return;
    } else if (S_ISDIR(status.st_mode)) {
      // A link to a folder is not followed: it may lead round in a circle or out of the source.
      struct stat link {};
      if (found.d_type == DT_LNK || ::fstatat(descriptor, found.d_name, &link, AT_SYMLINK_NOFOLLOW) != 0 ||
          S_ISLNK(link.st_mode)) {
        return;
      }
      entry.folder = true;
    } else if (S_ISREG(status.st_mode)) {
      entry.stamp = stamp_of(status);
    } else {
      return;
    }
    entries.push_back(std::move(entry));
  }

  bool excluded(const std::string& relative, const char* name) {
    if (options_.exclude.empty()) return false;
    const std::string below = relative.empty() ? name : relative + "/" + name;
    for (const std::string& pattern : options_.exclude) {
      if (!matches(pattern, below, name)) continue;
      ++listing_.excluded;
      return true;
    }
    return false;
  }

  SourceListing& listing_;
  const ListingOptions& options_;
};

}  // namespace

bool lies_below(std::string_view path, std::string_view folder) {
  if (folder == "/") return path.starts_with('/');
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool is_excluded(std::string_view relative, std::span<const std::string> patterns) {
  for (std::size_t end = relative.find('/'); !patterns.empty(); end = relative.find('/', end + 1)) {
    const std::string below(relative.substr(0, end));
    const std::string name = below.substr(below.rfind('/') + 1);
    for (const std::string& pattern : patterns) {
      if (matches(pattern, below, name.c_str())) return true;
    }
    if (end == std::string_view::npos) break;
  }
  return false;
}

Result<SourceListing> list_source(const fs::path& source, const ListingOptions& options) {
  const std::string root = normal(source);
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
    listing.files.push_back(describe(root, fs::path(root).filename().string(), stamp_of(status)));
    listing.only = {root};
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
  Walk(listing, options).folder("");
  return listing;
}

Result<std::vector<SourceListing>> list_named_files(const std::vector<fs::path>& sources,
                                                    const std::vector<std::string>& names,
                                                    const fs::path& base, const ListingOptions& options) {
  std::vector<SourceListing> listings;
  for (const fs::path& source : sources) {
    std::error_code error;
    if (!fs::is_directory(source, error)) {
      return fail(ErrorKind::not_found, fmt::format("the source {} is no folder", source.string()),
                  "with --files-from each SOURCE is the folder that the named files lie below");
    }
    listings.push_back(
        {.root = normal(source), .files = {}, .unreadable = {}, .only = std::vector<std::string>{}});
  }
  for (const std::string& name : names) {
    std::string path = normal(base / name);
    SourceListing* listing = nullptr;
    for (SourceListing& one : listings) {
      if (listing == nullptr && path != one.root && lies_below(path, one.root)) listing = &one;
    }
    if (listing == nullptr) {
      listings.front().unreadable.push_back({std::move(path), "It lies below none of the sources"});
      continue;
    }
    std::string relative = path.substr(listing->root == "/" ? 1 : listing->root.size() + 1);
    listing->only->push_back(path);
    if (is_excluded(relative, options.exclude)) {
      ++listing->excluded;
      continue;
    }
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
      const int why = errno;
      struct stat link {};
      const bool gone = (why == ENOENT || why == ENOTDIR) && ::lstat(path.c_str(), &link) != 0;
      if (!gone) listing->unreadable.push_back({std::move(path), std::strerror(why)});
    } else if (!S_ISREG(status.st_mode)) {
      listing->unreadable.push_back({std::move(path), "It is no file"});
    } else {
      listing->files.push_back(describe(std::move(path), std::move(relative), stamp_of(status)));
    }
  }
  for (SourceListing& listing : listings) {
    std::ranges::sort(*listing.only);
    std::ranges::sort(listing.files, {}, &ListedFile::path);
  }
  return listings;
}

}  // namespace carrel::indexer
