#include "search/index_handle.h"

#include <ctime>
#include <string_view>

#include <fmt/format.h>
#include <sys/stat.h>

#include "search/schema/index_directory.h"

namespace carrel::search {
namespace {

std::string revision_of(const Xapian::Database& database) {
  return fmt::format("{}-{}", database.get_uuid().substr(0, 8), database.get_revision());
}

constexpr const char* kMarkerName = "iamglass";
/// File systems tell times to some milliseconds at best, and some to two seconds.
constexpr std::int64_t kTellingSeconds = 3;

/// Device and inode; an index that was moved away and made anew has the same names but not these.
std::pair<std::uint64_t, std::uint64_t> identity_of(const std::filesystem::path& folder) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino};
}

}  // namespace

Error IndexHandle::translate(const Xapian::Error& error, const std::filesystem::path& directory) {
  const std::string_view type = error.get_type();
  const char* system = error.get_error_string();
  const std::string why = system != nullptr ? error.get_msg() + ": " + system : error.get_msg();
  if (system != nullptr && std::string_view(system) == "Permission denied") {
    return {ErrorKind::unreadable, fmt::format("cannot read the index at {}", directory.string()),
            "check the rights on the index folder and the files in it"};
  }
  if (type == "DatabaseModifiedError") {
    return {ErrorKind::failed, "the index changes faster than it can be read", "ask again in a moment"};
  }
  if (type == "DatabaseVersionError") {
    return {ErrorKind::newer_format,
            fmt::format("the index at {} was written by another version of Xapian", directory.string()),
            "rebuild it with the carrel-index of this installation"};
  }
  if (type == "DatabaseNotFoundError") {
    return {ErrorKind::not_an_index, fmt::format("{} is not a Carrel index", directory.string()),
            "name the folder given to carrel-index with --index"};
  }
  if (type.starts_with("Database")) {
    return {ErrorKind::damaged, fmt::format("the index at {} is damaged ({})", directory.string(), why),
            "rebuild it with carrel-index rebuild"};
  }
  return {ErrorKind::failed, fmt::format("the search failed ({})", why), "say it with fewer or other words"};
}

Result<IndexHandle> IndexHandle::open(const std::filesystem::path& directory) {
  IndexHandle handle(directory, std::make_shared<SnapshotCache>());
  if (auto opened = handle.reopen(); !opened) return std::unexpected(opened.error());
  return handle;
}

Result<IndexHandle> IndexHandle::fork() const {
  IndexHandle handle(directory_, cache_);
  if (auto opened = handle.reopen(); !opened) return std::unexpected(opened.error());
  return handle;
}

Result<void> IndexHandle::reopen() {
  // Between reading `current` and opening what it names, a writer may swap: then the second look finds it.
  Result<void> opened;
  for (int attempt = 0; attempt < kMaxAttempts; ++attempt) {
    const auto generation = schema::current_generation(directory_);
    if (!generation) return std::unexpected(generation.error());
    opened = open_generation(*generation);
    if (opened) break;
    const auto again = schema::current_generation(directory_);
    if (again && *again == *generation && opened.error().kind != ErrorKind::failed) break;
  }
  return opened;
}

Result<void> IndexHandle::open_generation(const std::filesystem::path& generation) {
  try {
    const auto folder = identity_of(generation);
    Xapian::Database database(generation.string());
    const std::string format = database.get_metadata(std::string(schema::kFormatKey));
    if (auto checked = schema::check_format(format, directory_); !checked) return checked;
    snapshot_ = cache_->get(database, revision_of(database));
    database_ = std::move(database);
    generation_ = generation;
    folder_ = folder;
    return {};
  } catch (const Xapian::Error& error) {
    return std::unexpected(translate(error, directory_));
  }
}

std::optional<IndexHandle::Marker> IndexHandle::look_at_marker() const {
  struct stat status {};
  if (::stat((directory_ / schema::kCurrentName / kMarkerName).c_str(), &status) != 0) return std::nullopt;
  if (std::time(nullptr) < status.st_ctim.tv_sec + kTellingSeconds) return std::nullopt;
  return Marker{.device = status.st_dev,
                .inode = status.st_ino,
                .size = status.st_size,
                .seconds = status.st_ctim.tv_sec,
                .nanoseconds = status.st_ctim.tv_nsec};
}

Result<bool> IndexHandle::refresh() {
  const auto marker = look_at_marker();
  if (marker && marker == marker_) return false;
  auto news = look_for_news();
  marker_ = news ? marker : std::nullopt;
  return news;
}

Result<bool> IndexHandle::look_for_news() {
  const auto generation = schema::current_generation(directory_);
  if (!generation) return std::unexpected(generation.error());
  if (*generation != generation_ || identity_of(*generation) != folder_) {
    if (auto opened = reopen(); !opened) return std::unexpected(opened.error());
    return true;
  }
  try {
    database_.reopen();
    const std::string revision = revision_of(database_);
    if (revision == snapshot_->revision()) return false;
    snapshot_ = cache_->get(database_, revision);
    return true;
  } catch (const Xapian::Error&) {
    // Written over while the columns were read, or gone: from the start.
    if (auto opened = reopen(); !opened) return std::unexpected(opened.error());
    return true;
  }
}

}  // namespace carrel::search
