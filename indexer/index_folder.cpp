#include "indexer/index_folder.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "search/schema/index_directory.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kGeneration = "generation-";
/// A link in the making, renamed into its place at once.
constexpr std::string_view kNewLink = "new-link";

Error file_error(std::string_view what, const fs::path& file, const std::error_code& error) {
  return indexer::file_error(what, file, error.value());
}

std::optional<fs::path> target(const fs::path& directory, std::string_view link) {
  std::error_code error;
  const fs::path name = fs::read_symlink(directory / link, error);
  if (error || !fs::is_directory(directory / name, error)) return std::nullopt;
  return directory / name;
}

/// Makes the folder of an index, or sees that an existing one is one or can become one.
Result<void> prepare(const fs::path& directory) {
  std::error_code error;
  if (fs::exists(directory, error) && !fs::is_directory(directory, error)) {
    return fail(ErrorKind::not_an_index, fmt::format("{} is a file, not a folder", directory.string()),
                "name a folder with --index");
  }
  fs::create_directories(directory, error);
  if (error) return std::unexpected(file_error("cannot make the folder", directory, error));
  if (fs::is_symlink(directory / schema::kCurrentName, error)) return {};
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename().string();
    if (schema::belongs_to_index(name)) continue;
    return fail(ErrorKind::not_an_index,
                fmt::format("{} holds other files ({}) and no Carrel index", directory.string(), name),
                "name an empty or new folder with --index");
  }
  if (error) return std::unexpected(file_error("cannot look into", directory, error));
  return {};
}

/// Brings a file or the entries of a folder to the disk.
Result<void> sync(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::unexpected(indexer::file_error("cannot open", path, errno));
  const int failed = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  // Some file systems cannot sync a folder and say so; there is nothing to be done about it.
  if (failed != 0 && failed != EINVAL)
    return std::unexpected(indexer::file_error("cannot write", path, failed));
  return {};
}

}  // namespace

Error file_error(std::string_view what, const fs::path& file, int number) {
  const bool full = number == ENOSPC || number == EDQUOT || number == EFBIG;
  if (full) {
    return {ErrorKind::no_space, fmt::format("the disk is full: {} could not be written", file.string()),
            "make room and run again; what was committed before is kept"};
  }
  return {ErrorKind::unreadable, fmt::format("{} {}: {}", what, file.string(), std::strerror(number)),
          "check the rights on the index folder and those above it"};
}

std::optional<fs::path> previous_generation(const fs::path& directory) {
  return target(directory, schema::kPreviousName);
}

IndexFolder::IndexFolder(fs::path directory, IndexLock lock, bool made)
    : directory_(std::move(directory)), lock_(std::move(lock)), made_(made) {}

IndexFolder::IndexFolder(IndexFolder&& other) noexcept
    : directory_(std::move(other.directory_)),
      lock_(std::move(other.lock_)),
      made_(other.made_),
      number_(other.number_) {
  other.lock_.reset();
}

IndexFolder::~IndexFolder() {
  if (!lock_ || !made_ || current()) return;
  std::error_code error;
  drop_candidate();
  fs::remove(directory_ / schema::kLockName, error);
  fs::remove(directory_, error);  // not when something else lies there
}

Result<IndexFolder> IndexFolder::open(const fs::path& directory, std::string_view command) {
  std::error_code error;
  const bool existed = fs::exists(directory, error);
  if (auto ready = prepare(directory); !ready) return std::unexpected(ready.error());
  auto lock = IndexLock::take(directory, command);
  if (!lock) return std::unexpected(lock.error());
  IndexFolder folder(directory, std::move(*lock), !existed);
  folder.remove_leftovers();
  return folder;
}

std::optional<fs::path> IndexFolder::current() const {
  return target(directory_, schema::kCurrentName);
}

std::optional<fs::path> IndexFolder::previous() const {
  return target(directory_, schema::kPreviousName);
}

/// Generations that neither answer nor are kept, half-built ones, refused ones. Readers that hold one open go
/// on reading its files; one that is about to open it finds it gone and looks at `current` again.
void IndexFolder::remove_leftovers() const {
  std::error_code error;
  const auto kept = current();
  const auto kept_too = previous();
  std::vector<fs::path> left;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory_, error)) {
    const std::string name = entry.path().filename().string();
    const bool generation = name.starts_with(kGeneration) && entry.path() != kept.value_or("") &&
                            entry.path() != kept_too.value_or("");
    if (generation || name == schema::kCandidateName || name == kNewLink) left.push_back(entry.path());
  }
  for (const fs::path& path : left) fs::remove_all(path, error);
}

std::uint64_t IndexFolder::next_number() const {
  std::error_code error;
  std::uint64_t highest = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory_, error)) {
    const std::string name = entry.path().filename().string();
    std::uint64_t number = 0;
    if (!name.starts_with(kGeneration)) continue;
    std::from_chars(name.data() + kGeneration.size(), name.data() + name.size(), number);
    highest = std::max(highest, number);
  }
  return highest + 1;
}

Result<fs::path> IndexFolder::begin_candidate() {
  drop_candidate();
  std::error_code error;
  const fs::path candidate = directory_ / schema::kCandidateName;
  fs::create_directory(candidate, error);
  if (error) return std::unexpected(file_error("cannot make the folder", candidate, error));
  number_ = next_number();
  return candidate;
}

fs::path IndexFolder::candidate_generation() const {
  return directory_ / schema::kCandidateName / schema::generation_name(number_);
}

Result<void> IndexFolder::seal_candidate() {
  std::error_code error;
  const fs::path generation = candidate_generation();
  for (const fs::directory_entry& entry : fs::directory_iterator(generation, error)) {
    if (auto synced = sync(entry.path()); !synced) return synced;
  }
  if (error) return std::unexpected(file_error("cannot look into", generation, error));
  if (auto synced = sync(generation); !synced) return synced;
  const fs::path link = generation.parent_path() / schema::kCurrentName;
  fs::create_directory_symlink(generation.filename(), link, error);
  if (error) return std::unexpected(file_error("cannot make the link", link, error));
  return {};
}

Result<void> IndexFolder::publish_candidate() {
  std::error_code error;
  const auto before = current();
  const auto dropped = previous();
  const fs::path generation = directory_ / schema::generation_name(number_);
  fs::rename(candidate_generation(), generation, error);
  if (error) return std::unexpected(file_error("cannot move", generation, error));
  if (before) {
    if (auto kept = point(schema::kPreviousName, *before); !kept) return kept;
  }
  if (auto swapped = point(schema::kCurrentName, generation); !swapped) return swapped;
  drop_candidate();
  if (dropped && dropped != before) fs::remove_all(*dropped, error);
  return {};
}

void IndexFolder::drop_candidate() {
  std::error_code error;
  fs::remove_all(directory_ / schema::kCandidateName, error);
}

Result<void> IndexFolder::roll_back() {
  const auto now = current();
  const auto back = previous();
  if (!now || !back || *now == *back) {
    return fail(ErrorKind::not_found,
                fmt::format("there is no earlier generation in {}", directory_.string()),
                "one is kept from the first carrel-index rebuild on");
  }
  // Killed between the two, both names lead to the same generation: it answers, and the other one is removed
  // by the next run.
  if (auto swapped = point(schema::kCurrentName, *back); !swapped) return swapped;
  return point(schema::kPreviousName, *now);
}

/// Lets a link name another generation, in one step also for who loses power.
Result<void> IndexFolder::point(std::string_view link, const fs::path& generation) const {
  std::error_code error;
  const fs::path fresh = directory_ / kNewLink;
  fs::remove(fresh, error);
  fs::create_directory_symlink(generation.filename(), fresh, error);
  if (!error) fs::rename(fresh, directory_ / link, error);
  if (error) return std::unexpected(file_error("cannot make the link", directory_ / link, error));
  return sync(directory_);
}

}  // namespace carrel::indexer
