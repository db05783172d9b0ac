#include "indexer/fetch/copy_store.h"

#include <chrono>
#include <fstream>
#include <sstream>
#include <system_error>

#include <boost/json.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "indexer/fetch/copy_name.h"
#include "indexer/index_folder.h"
#include "indexer/whole_file.h"
#include "search/schema/index_directory.h"

namespace carrel::indexer {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

/// Hidden, so that no run takes it for a document.
constexpr std::string_view kKnownName = ".copies.jsonl";

std::optional<std::string> whole_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  if (in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();
  return in.bad() ? std::nullopt : std::optional(std::move(text).str());
}

json::object as_json(const std::string& url, const FetchedCopy& copy) {
  json::object line{{"url", url}, {"file", copy.file}};
  const auto text = [&](const char* name, const std::string& value) {
    if (!value.empty()) line[name] = value;
  };
  text("etag", copy.etag);
  text("last_modified", copy.last_modified);
  text("content_type", copy.content_type);
  line["fetched"] = copy.fetched;
  line["checked"] = copy.checked;
  if (copy.missing_since != 0) line["missing_since"] = copy.missing_since;
  text("failure", copy.failure);
  line["listed_by"] = json::value_from(copy.listed_by);
  return line;
}

/// A name that stays below the folder: the file could have been edited.
bool stays_below(const std::string& file) {
  const fs::path path(file);
  if (path.is_absolute()) return false;
  for (const fs::path& part : path) {
    if (part == ".." || part.string().starts_with('.')) return false;
  }
  return true;
}

bool read_line(const std::string& line, std::string& url, FetchedCopy& copy) {
  boost::system::error_code error;
  const json::value value = json::parse(line, error);
  if (error || !value.is_object()) return false;
  const json::object& object = value.get_object();
  const auto text = [&](const char* name) {
    const json::value* found = object.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
  };
  const auto number = [&](const char* name) {
    const json::value* found = object.if_contains(name);
    return found != nullptr && found->is_int64() ? found->get_int64() : 0;
  };
  url = text("url");
  copy = {.file = text("file"),
          .etag = text("etag"),
          .last_modified = text("last_modified"),
          .content_type = text("content_type"),
          .fetched = number("fetched"),
          .checked = number("checked"),
          .missing_since = number("missing_since"),
          .failure = text("failure"),
          .listed_by = {}};
  if (const json::value* lists = object.if_contains("listed_by"); lists != nullptr && lists->is_array()) {
    for (const json::value& one : lists->get_array()) {
      if (one.is_string()) copy.listed_by.emplace_back(one.get_string());
    }
  }
  return parse_address(url).has_value() && stays_below(copy.file);
}

Result<std::map<std::string, FetchedCopy>> read_known(const fs::path& file) {
  std::map<std::string, FetchedCopy> copies;
  std::error_code error;
  if (!fs::exists(file, error)) return copies;
  const auto text = whole_text(file);
  if (!text) {
    return fail(ErrorKind::unreadable, fmt::format("cannot read {}", file.string()),
                "check the rights on it");
  }
  std::istringstream lines(*text);
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::string url;
    FetchedCopy copy;
    if (line.empty()) continue;
    if (!read_line(line, url, copy)) {
      return fail(ErrorKind::damaged, fmt::format("line {} of {} cannot be read", number, file.string()),
                  "delete that line: its document is fetched once more");
    }
    copies.insert_or_assign(std::move(url), std::move(copy));
  }
  return copies;
}

void set_modified(const fs::path& file, std::int64_t seconds) {
  const timespec times[2] = {{.tv_sec = 0, .tv_nsec = UTIME_NOW}, {.tv_sec = seconds, .tv_nsec = 0}};
  // The time is a help for people; a file system that cannot keep it loses nothing else.
  (void)::utimensat(AT_FDCWD, file.c_str(), times, 0);
}

}  // namespace

Result<CopyStore> CopyStore::open(fs::path folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return std::unexpected(file_error("cannot make the folder", folder, error.value()));
  CopyStore store(std::move(folder));
  auto known = read_known(store.folder_ / kKnownName);
  if (!known) return std::unexpected(known.error());
  store.copies_ = std::move(*known);
  for (auto& [url, copy] : store.copies_) {
    if (copy.file.empty()) continue;
    // A copy that somebody has deleted is fetched anew, without conditions.
    if (fs::is_regular_file(store.folder_ / copy.file, error)) {
      store.owners_[copy.file] = url;
    } else {
      copy.file.clear();
      copy.etag.clear();
      copy.last_modified.clear();
    }
  }
  return store;
}

std::string CopyStore::free_name(const WebAddress& address, std::string_view content_type) const {
  std::string name = copy_name(address, content_type);
  const auto owner = owners_.find(name);
  std::error_code error;
  bool taken =
      (owner != owners_.end() && owner->second != address.url) || fs::is_directory(folder_ / name, error);
  // A document may lie where another's folder must be: "/guides" and "/guides/a".
  for (fs::path above = fs::path(name).parent_path(); !taken && !above.empty(); above = above.parent_path())
    taken = fs::exists(folder_ / above, error) && !fs::is_directory(folder_ / above, error);
  return taken ? distinct_copy_name(address, content_type) : name;
}

Result<bool> CopyStore::put(const WebAddress& address, std::string_view content,
                            std::string_view content_type, std::optional<std::int64_t> modified) {
  FetchedCopy& copy = copies_[address.url];
  if (!copy.file.empty() && whole_text(folder_ / copy.file) == content) return false;
  const std::string name = free_name(address, content_type);
  const fs::path file = folder_ / name;
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) return std::unexpected(file_error("cannot make the folder", file.parent_path(), error.value()));
  if (auto written = write_whole_file(file, content); !written) return std::unexpected(written.error());
  if (modified) set_modified(file, *modified);
  if (!copy.file.empty() && copy.file != name) drop_file(address.url);
  copy.file = name;
  owners_[name] = address.url;
  return true;
}

void CopyStore::drop_file(const std::string& url) {
  FetchedCopy& copy = copies_[url];
  if (copy.file.empty()) return;
  std::error_code error;
  const fs::path file = folder_ / copy.file;
  fs::remove(file, error);
  for (fs::path above = file.parent_path(); above != folder_ && fs::is_empty(above, error) && !error;
       above = above.parent_path()) {
    fs::remove(above, error);
  }
  owners_.erase(copy.file);
  copy.file.clear();
  copy.etag.clear();
  copy.last_modified.clear();
}

void CopyStore::forget(const std::string& url) {
  drop_file(url);
  copies_.erase(url);
}

Result<void> CopyStore::save() const {
  std::string text;
  for (const auto& [url, copy] : copies_) text += json::serialize(as_json(url, copy)) + "\n";
  return write_whole_file(folder_ / kKnownName, text);
}

fs::path copies_folder(const fs::path& index) {
  return index / schema::kCopiesName;
}

Result<std::vector<std::pair<std::string, std::string>>> copy_addresses(const fs::path& folder) {
  std::vector<std::pair<std::string, std::string>> addresses;
  const auto known = read_known(folder / kKnownName);
  if (!known) return std::unexpected(known.error());
  const fs::path root = fs::absolute(folder).lexically_normal();
  for (const auto& [url, copy] : *known) {
    if (!copy.file.empty()) addresses.emplace_back((root / copy.file).string(), url);
  }
  return addresses;
}

}  // namespace carrel::indexer
