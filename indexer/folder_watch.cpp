#include "indexer/folder_watch.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t kInteresting = IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE |
                                       IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR |
                                       IN_EXCL_UNLINK;

std::string most_watches() {
  std::ifstream in("/proc/sys/fs/inotify/max_user_watches");
  std::string number;
  return in >> number ? number : "its limit of";
}

}  // namespace

FolderWatch::FolderWatch(const std::vector<fs::path>& places, const ListingOptions& options)
    : descriptor_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)), options_(options) {
  if (descriptor_ < 0) {
    trouble_ = fmt::format("this system lets nothing be watched ({})", std::strerror(errno));
    return;
  }
  for (const fs::path& place : places) {
    std::error_code error;
    const fs::path whole = fs::absolute(place).lexically_normal();
    if (fs::is_directory(whole, error)) {
      add_tree(whole, {});
    } else {
      add(whole.parent_path(), {}, whole.filename().string());
    }
  }
}

FolderWatch::FolderWatch(FolderWatch&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      options_(std::move(other.options_)),
      watched_(std::move(other.watched_)),
      trouble_(std::move(other.trouble_)) {}

FolderWatch& FolderWatch::operator=(FolderWatch&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(options_, other.options_);
  std::swap(watched_, other.watched_);
  std::swap(trouble_, other.trouble_);
  return *this;
}

FolderWatch::~FolderWatch() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void FolderWatch::add_tree(const fs::path& folder, const std::string& relative) {
  if (!add(folder, relative, {})) return;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code of_entry;
    const std::string name = at->path().filename().string();
    if (name.starts_with('.') || at->is_symlink(of_entry) || !at->is_directory(of_entry)) continue;
    const std::string below = relative.empty() ? name : relative + "/" + name;
    if (at->path() == options_.skip || is_excluded(below, options_.exclude)) continue;
    add_tree(at->path(), below);
  }
}

/// False when the folder is not watched.
bool FolderWatch::add(const fs::path& folder, const std::string& relative, const std::string& only) {
  const int number = ::inotify_add_watch(descriptor_, folder.c_str(), kInteresting);
  if (number < 0) {
    if (errno == ENOSPC) {
      trouble_ =
          fmt::format("there are more folders than may be watched ({}); raise fs.inotify.max_user_watches",
                      most_watches());
    } else if (errno != ENOENT && errno != ENOTDIR && trouble_.empty()) {
      trouble_ = fmt::format("the folder {} cannot be watched ({})", folder.string(), std::strerror(errno));
    }
    return false;
  }
  const auto [known, fresh] = watched_.try_emplace(number, Watched{relative, {}});
  if (only.empty()) {
    known->second.only.clear();
  } else if (fresh || !known->second.only.empty()) {
    known->second.only.push_back(only);
  }
  return true;
}

bool FolderWatch::concerns(int number, const std::string& name) const {
  const auto watched = watched_.find(number);
  if (watched == watched_.end()) return false;
  const auto& [relative, only] = watched->second;
  if (!only.empty()) return std::ranges::find(only, name) != only.end();
  if (name.starts_with('.')) return false;
  return !is_excluded(relative.empty() ? name : relative + "/" + name, options_.exclude);
}

FolderWatch::News FolderWatch::wait(std::chrono::milliseconds patience) {
  pollfd watched{descriptor_, POLLIN, 0};
  if (::poll(&watched, descriptor_ < 0 ? 0 : 1, static_cast<int>(patience.count())) <= 0)
    return News::nothing;
  News news = News::nothing;
  alignas(inotify_event) char buffer[64 << 10];
  for (ssize_t got = 0; (got = ::read(descriptor_, buffer, sizeof buffer)) > 0;) {
    const inotify_event* event = nullptr;
    for (const char* at = buffer; at < buffer + got; at += sizeof(inotify_event) + event->len) {
      event = reinterpret_cast<const inotify_event*>(at);
      constexpr std::uint32_t kOfTheFolder = IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT;
      if ((event->mask & (IN_Q_OVERFLOW | kOfTheFolder)) != 0) {
        news = News::structure;
      } else if (concerns(event->wd, event->len > 0 ? event->name : "")) {
        const bool folder = (event->mask & IN_ISDIR) != 0;
        if (folder) {
          news = News::structure;
        } else if (news == News::nothing) {
          news = News::change;
        }
      }
    }
  }
  return news;
}

}  // namespace carrel::indexer
