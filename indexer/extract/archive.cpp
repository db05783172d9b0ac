#include "indexer/extract/archive.h"

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <unordered_set>
#include <utility>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

/// Some writers put backslashes between folders, or begin at the root.
std::string normal_name(const char* utf8, const char* raw) {
  std::string name = utf8 != nullptr ? utf8 : raw != nullptr ? raw : "";
  if (!schema::is_valid_utf8(name)) name = schema::repair_utf8(name);
  std::ranges::replace(name, '\\', '/');
  while (name.starts_with('/') || name.starts_with("./")) name.erase(0, name.starts_with('/') ? 1 : 2);
  return name;
}

}  // namespace

/// One pass over the entries.
struct Archive::Reader {
  explicit Reader(std::string_view bytes) : handle(archive_read_new(), &archive_read_free) {
    if (!handle) throw std::bad_alloc();
    archive_read_support_format_zip(handle.get());
    good = archive_read_open_memory(handle.get(), bytes.data(), bytes.size()) == ARCHIVE_OK;
  }

  /// False at the end, and where the rest cannot be read (`broken`).
  bool next() {
    if (!good) return false;
    const int result = archive_read_next_header(handle.get(), &entry);
    if (result == ARCHIVE_OK || result == ARCHIVE_WARN) {
      name = normal_name(archive_entry_pathname_utf8(entry), archive_entry_pathname(entry));
      return true;
    }
    broken = result != ARCHIVE_EOF;
    return false;
  }

  std::unique_ptr<archive, int (*)(archive*)> handle;
  archive_entry* entry = nullptr;
  std::string name;
  bool good = false;
  bool broken = false;
};

std::expected<Archive, ExtractionFailure> Archive::open(std::string_view bytes, ArchiveLimits limits) {
  Archive archive(bytes, limits);
  Reader reader(bytes);
  while (reader.next()) {
    if (archive.names_.size() == limits.entries) {
      return std::unexpected(ExtractionFailure{
          "too-large",
          fmt::format("It is an archive of more than {} parts, which no document has", limits.entries)});
    }
    archive.names_.push_back(reader.name);
  }
  if (archive.names_.empty()) {
    return std::unexpected(
        ExtractionFailure{"damaged", "It begins as a zip archive, but nothing can be found in it"});
  }
  archive.partly_damaged_ = reader.broken;
  return archive;
}

std::optional<std::string> Archive::find(std::string_view name) const {
  if (std::ranges::find(names_, name) != names_.end()) return std::string(name);
  const auto found =
      std::ranges::find_if(names_, [&](const std::string& one) { return same_name(one, name); });
  return found == names_.end() ? std::nullopt : std::optional(*found);
}

std::optional<std::string> Archive::read(std::string_view name) {
  const std::optional<std::string> written = find(name);
  if (!written) return std::nullopt;
  std::optional<std::string> bytes;
  read_each([&](std::string_view one) { return !bytes && one == *written; },
            [&](const std::string&, std::string&& part) { bytes = std::move(part); });
  return bytes;
}

void Archive::read_each(const std::function<bool(std::string_view)>& wanted,
                        const std::function<void(const std::string&, std::string&&)>& use) {
  Reader reader(bytes_);
  std::unordered_set<std::string> seen;
  for (std::size_t entries = 0; entries < limits_.entries && reader.next(); ++entries) {
    if (!wanted(reader.name) || !seen.insert(reader.name).second) continue;
    const std::string name = reader.name;
    std::string bytes = unpack(reader);
    if (failure_) return;
    use(name, std::move(bytes));
  }
  if (reader.broken) partly_damaged_ = true;
}

std::string Archive::unpack(Reader& reader) {
  std::string out;
  if (archive_entry_is_data_encrypted(reader.entry) != 0) {
    failure_ = {"encrypted", "Its parts are encrypted with a password; save it without one"};
    return out;
  }
  // The size that the archive claims is believed only as far as it saves growing.
  if (archive_entry_size_is_set(reader.entry) != 0) {
    const auto claimed =
        static_cast<std::uint64_t>(std::max<la_int64_t>(archive_entry_size(reader.entry), 0));
    out.reserve(std::min(claimed, std::min<std::uint64_t>(limits_.bomb_bytes, bytes_.size() * 16)));
  }
  std::array<char, 64 * 1024> buffer;
  for (;;) {
    const la_ssize_t size = archive_read_data(reader.handle.get(), buffer.data(), buffer.size());
    if (size == 0) break;
    if (size < 0) {
      partly_damaged_ = true;
      break;
    }
    out.append(buffer.data(), static_cast<std::size_t>(size));
    unpacked_ += static_cast<std::uint64_t>(size);
    const bool bomb = out.size() > limits_.bomb_bytes && out.size() / limits_.ratio > bytes_.size();
    if (bomb || out.size() > limits_.part_bytes || unpacked_ > limits_.total_bytes) {
      failure_ = {"too-large",
                  fmt::format("It unpacks to more than {} MB, which no document of its size does",
                              (bomb || out.size() > limits_.part_bytes ? out.size() : unpacked_) >> 20)};
      return {};
    }
  }
  return out;
}

}  // namespace carrel::indexer
