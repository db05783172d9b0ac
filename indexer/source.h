// The folders and files that documents come from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "search/schema/result.h"

namespace carrel::indexer {

/// A regular file below a source.
struct ListedFile {
  std::string path;      ///< absolute
  std::string relative;  ///< below its source, '/' between folders; bytes as the file system has them
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;  ///< since 1970, nanoseconds
  std::uint64_t inode = 0;
};

/// A folder or file that could not be looked at.
struct UnreadablePlace {
  std::string path;
  std::string text;  ///< why, from the system
};

/// What lies in a source at one moment, files sorted by path.
struct SourceListing {
  std::string root;  ///< absolute, the folder that relative paths start from
  std::vector<ListedFile> files;
  std::vector<UnreadablePlace> unreadable;
};

/// Lists a folder with all below it, or one file. Hidden files and folders (names with a leading dot) are
/// passed over, links to files are followed, links to folders are not. Opens no file. Errors: not_found,
/// unreadable (the source itself), usage (neither a folder nor a regular file).
Result<SourceListing> list_source(const std::filesystem::path& source);

}  // namespace carrel::indexer
