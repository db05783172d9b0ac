#include "search/schema/index_directory.h"

#include <charconv>
#include <system_error>

#include <fmt/format.h>

namespace carrel::schema {

namespace fs = std::filesystem;

std::string generation_name(std::uint64_t number) {
  return fmt::format("generation-{:06}", number);
}

bool belongs_to_index(std::string_view name) {
  return name == kCurrentName || name == kPreviousName || name == kCandidateName || name == kLockName ||
         name == "new-link" || name == kCopiesName || name.starts_with(kMemoryName) || name.starts_with("generation-");
}

Result<fs::path> current_generation(const fs::path& directory) {
  std::error_code error;
  const fs::file_status status = fs::status(directory, error);
  if (status.type() == fs::file_type::not_found) {
    return fail(ErrorKind::not_found, fmt::format("there is no index at {}", directory.string()),
                "make one with: carrel-index update --index DIR SOURCE");
  }
  if (error) {
    return fail(ErrorKind::unreadable,
                fmt::format("cannot look into {}: {}", directory.string(), error.message()),
                "check the rights on the folder and those above it");
  }
  const fs::path link = directory / kCurrentName;
  const fs::path target = fs::read_symlink(link, error);
  if (error == std::errc::permission_denied) {
    return fail(ErrorKind::unreadable, fmt::format("cannot read {}: {}", link.string(), error.message()),
                "check the rights on the index folder");
  }
  if (error || !fs::is_directory(directory / target, error)) {
    return fail(
        ErrorKind::not_an_index, fmt::format("{} is not a Carrel index", directory.string()),
        "name the folder given to carrel-index with --index, or make an index with carrel-index update");
  }
  return directory / target;
}

Result<void> check_format(std::string_view value, const fs::path& directory) {
  int version = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), version);
  if (value.empty() || error != std::errc{} || end != value.data() + value.size()) {
    return fail(ErrorKind::not_an_index,
                fmt::format("{} holds a Xapian database that Carrel did not write", directory.string()),
                "name another folder with --index");
  }
  if (version < kFormatVersion) {
    return fail(ErrorKind::older_format,
                fmt::format("the index at {} has format {}, this program reads format {}", directory.string(),
                            version, kFormatVersion),
                "make it anew with this version of carrel-index in another folder");
  }
  if (version > kFormatVersion) {
    return fail(ErrorKind::newer_format,
                fmt::format("the index at {} has format {}, this program reads only format {}",
                            directory.string(), version, kFormatVersion),
                "use the version of Carrel that wrote it, or a newer one");
  }
  return {};
}

}  // namespace carrel::schema
