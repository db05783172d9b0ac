#include "indexer/xapian_edge.h"

#include <string_view>

#include <fmt/format.h>

namespace carrel::indexer {

Error translate(const Xapian::Error& error, const std::filesystem::path& directory) {
  const std::string text = error.get_description();
  const std::string_view type = error.get_type();
  const char* system = error.get_error_string();
  const std::string_view cause = system != nullptr ? system : "";
  const auto tells = [&](std::string_view sentence) {
    return cause == sentence || text.find(sentence) != std::string::npos;
  };
  if (tells("No space left on device") || tells("Disk quota exceeded") || tells("File too large")) {
    return {ErrorKind::no_space, fmt::format("the disk is full: {} could not be written", directory.string()),
            "make room and run again; what was committed before is kept"};
  }
  if (type == "DatabaseLockError") {
    return {ErrorKind::locked,
            fmt::format("the index {} is being written by another process", directory.string()),
            "wait until it has finished"};
  }
  if (type == "DatabaseVersionError") {
    return {ErrorKind::older_format,
            fmt::format("the Xapian files of {} have another version", directory.string()),
            "make the index anew in another folder"};
  }
  if (tells("Permission denied") || tells("Read-only file system")) {
    return {ErrorKind::unreadable,
            fmt::format("cannot write to {}: {}", directory.string(),
                        cause.empty() ? "permission denied" : cause),
            "check the rights on the index folder"};
  }
  return {ErrorKind::damaged, fmt::format("the index {} cannot be used: {}", directory.string(), text),
          "run carrel-index check, go back with carrel-index rollback, or make the index anew with "
          "carrel-index rebuild"};
}

std::string revision_of(const Xapian::Database& database) {
  return fmt::format("{}-{}", database.get_uuid().substr(0, 8), database.get_revision());
}

}  // namespace carrel::indexer
