// The folders and files that documents come from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/schema/result.h"

namespace carrel::indexer {

/// What a file has to do with others of its name: see indexer/companions.h.
struct Companions {
  std::vector<std::string>
      captions;               ///< absolute paths of files that are read behind it, part of its resource
  std::string address_of;     ///< relative path of the file that visitors open instead: a film; empty: itself
  std::string translates;     ///< relative path of the file whose resource its own translates; may be empty
  std::string language;       ///< as its name marks it; empty when it does not
  std::string left_out_code;  ///< not empty: it is not read and no resource; the reason's stable code
  std::string left_out_text;  ///< the reason in words
  std::string fingerprint;    ///< another whenever something of this has changed, or one of the captions
};

/// A regular file below a source.
struct ListedFile {
  std::string path;      ///< absolute
  std::string relative;  ///< below its source, '/' between folders; bytes as the file system has them
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;  ///< since 1970, nanoseconds
  std::uint64_t inode = 0;
  std::shared_ptr<const Companions> companions;  ///< nullptr for nearly all
};

/// A folder or file that could not be looked at.
struct UnreadablePlace {
  std::string path;
  std::string text;  ///< why, from the system
};

/// What lies in a source at one moment. Files in the order of a walk: names sorted in each folder, a folder's
/// files where its name stands.
struct SourceListing {
  std::string root;  ///< absolute, the folder that relative paths start from
  std::vector<ListedFile> files;
  std::vector<UnreadablePlace> unreadable;
  std::uint64_t excluded = 0;  ///< files and folders passed over because a pattern says so
  /// When the source was not walked: the paths that were looked at, sorted. Of others nothing is known.
  std::optional<std::vector<std::string>> only;
};

/// Which names are passed over.
struct ListingOptions {
  /// Patterns of the shell (*, ?, […]). One with a '/' is compared with the path below the source, another
  /// with each name alone; what matches is left out with all below it.
  std::vector<std::string> exclude;
  /// An absolute path that is passed over with all below it: the index itself may lie in a source.
  std::string skip;
};

/// Whether a path below a source, or a folder that it lies in, matches one of the patterns.
bool is_excluded(std::string_view relative, std::span<const std::string> patterns);

/// Lists a folder with all below it, or one file. Hidden files and folders (names with a leading dot) are
/// passed over, links to files are followed, links to folders are not. Opens no file. Errors: not_found,
/// unreadable (the source itself), usage (neither a folder nor a regular file).
Result<SourceListing> list_source(const std::filesystem::path& source, const ListingOptions& options = {});

/// Looks at the named files alone. Each name is absolute or taken from `base` and must lie below one of the
/// sources, which are folders; one that lies elsewhere or is no regular file becomes an unreadable place. A
/// name that is not there any more is in `only` and not in `files`.
Result<std::vector<SourceListing>> list_named_files(const std::vector<std::filesystem::path>& sources,
                                                    const std::vector<std::string>& names,
                                                    const std::filesystem::path& base,
                                                    const ListingOptions& options = {});

/// Whether `path` is `folder` or lies below it; both absolute and normal.
bool lies_below(std::string_view path, std::string_view folder);

}  // namespace carrel::indexer
