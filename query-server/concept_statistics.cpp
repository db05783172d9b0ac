#include "query-server/concept_statistics.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <utility>

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "query-server/open_file.h"

namespace carrel::query_server {
namespace {

/// More concepts than any thesaurus of a library has; what comes beyond them is not counted.
constexpr std::size_t kMostConcepts = 20'000;
constexpr std::size_t kMostDaysDue = 31;

constexpr std::string_view kHead = "day,concept,searches\n";

/// A field of RFC 4180 on one line.
std::string csv_field(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"') out += '"';
    out += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? ' ' : c;
  }
  return text.find_first_of(",\"") == std::string_view::npos ? out : '"' + out + '"';
}

std::unexpected<Error> cannot_write(const std::string& file, std::string_view why) {
  return fail(
      ErrorKind::usage, "Cannot write the statistics to " + file + ": " + std::string(why),
      "Name a file that the server may write as file = \"…\" in [statistics], or leave the section out");
}

/// Does not wait for a reader of a pipe, follows no link that somebody else may have put there.
constexpr int kOpen = O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY;

/// All of the text or nothing of it.
Result<void> append(const std::string& file, std::string_view lines) {
  const OpenFile opened(::open(file.c_str(), kOpen | O_CREAT, 0640));
  struct stat status {};
  if (opened.descriptor() < 0 || ::fstat(opened.descriptor(), &status) != 0)
    return cannot_write(file, std::strerror(errno));
  if (!S_ISREG(status.st_mode)) return cannot_write(file, "it is no regular file");
  std::string text(status.st_size == 0 ? kHead : "");
  text.append(lines);
  const auto written = ::write(opened.descriptor(), text.data(), text.size());
  if (written == static_cast<ssize_t>(text.size()) && ::fdatasync(opened.descriptor()) == 0) return {};
  const int why = written < 0 || written == static_cast<ssize_t>(text.size()) ? errno : ENOSPC;
  static_cast<void>(::ftruncate(opened.descriptor(), status.st_size));
  return cannot_write(file, std::strerror(why));
}

}  // namespace

ConceptStatistics::ConceptStatistics(StatisticsSettings settings,
                                     std::function<void(const Error&)> on_failure, Clock clock)
    : on_failure_(std::move(on_failure)), clock_(std::move(clock)) {
  configure(std::move(settings));
}

void ConceptStatistics::count(std::string_view label) {
  if (!enabled_ || label.empty()) return;
  const std::lock_guard lock(mutex_);
  if (!settings_.enabled) return;
  begin_day();
  const auto known = counts_.find(std::string(label));
  if (known != counts_.end()) {
    ++known->second;
  } else if (counts_.size() < kMostConcepts) {
    counts_.emplace(label, 1);
  }
}

void ConceptStatistics::configure(StatisticsSettings settings) {
  settings.threshold = std::max(settings.threshold, kLeastThreshold);
  bool begins = false;
  {
    const std::lock_guard lock(mutex_);
    if (settings == settings_) return;
    if (!settings.enabled || !settings_.enabled || settings.threshold < settings_.threshold) forget();
    begins = settings.enabled;
    settings_ = settings;
    enabled_ = settings.enabled;
  }
  if (!begins || !on_failure_) return;
  if (const auto checked = check_statistics_file(settings.file); !checked) on_failure_(checked.error());
}

void ConceptStatistics::keep_up() {
  const std::lock_guard writing(writing_);
  {
    const std::lock_guard lock(mutex_);
    begin_day();
  }
  write_due();
}

void ConceptStatistics::stop() {
  const std::lock_guard writing(writing_);
  {
    const std::lock_guard lock(mutex_);
    begin_day();
    end_day();
  }
  write_due();
}

/// Ends the day that was when the clock shows a later one. A clock that is set back a little goes on with the
/// day that has begun; one that is set back by more than a day has shown a day that was none.
void ConceptStatistics::begin_day() {
  const auto today = std::chrono::floor<std::chrono::days>(clock_());
  if (today > day_) {
    end_day();
    day_ = today;
  } else if (today < day_ - std::chrono::days(1)) {
    counts_.clear();
    day_ = today;
  }
}

void ConceptStatistics::end_day() {
  Day ended{.day = day_, .searches = {}};
  std::ranges::copy_if(counts_, std::back_inserter(ended.searches),
                       [this](const auto& one) { return one.second >= settings_.threshold; });
  counts_.clear();
  if (ended.searches.empty()) return;
  std::ranges::sort(ended.searches, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  if (due_.size() >= kMostDaysDue) due_.erase(due_.begin());
  due_.push_back(std::move(ended));
}

void ConceptStatistics::forget() {
  counts_.clear();
  due_.clear();
  ++forgotten_;
}

void ConceptStatistics::write_due() {
  std::vector<Day> days;
  std::string file;
  std::uint64_t forgotten = 0;
  {
    const std::lock_guard lock(mutex_);
    days.swap(due_);
    file = settings_.file;
    forgotten = forgotten_;
  }
  if (days.empty()) return;
  std::string lines;
  for (const Day& day : days) {
    for (const auto& [label, searches] : day.searches) {
      lines += fmt::format("{:%Y-%m-%d},{},{}\n", fmt::gmtime(std::chrono::system_clock::to_time_t(day.day)),
                           csv_field(label), searches);
    }
  }
  const auto appended = append(file, lines);
  if (appended) {
    failed_ = false;
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    if (forgotten == forgotten_) {
      due_.insert(due_.begin(), std::make_move_iterator(days.begin()), std::make_move_iterator(days.end()));
      if (due_.size() > kMostDaysDue) due_.erase(due_.begin(), due_.end() - kMostDaysDue);
    }
  }
  if (!std::exchange(failed_, true) && on_failure_) on_failure_(appended.error());
}

Result<void> check_statistics_file(const std::string& file) {
  const OpenFile opened(::open(file.c_str(), kOpen));
  struct stat status {};
  if (opened.descriptor() >= 0) {
    if (::fstat(opened.descriptor(), &status) == 0 && S_ISREG(status.st_mode)) return {};
    return cannot_write(file, "it is no regular file");
  }
  if (errno != ENOENT) return cannot_write(file, std::strerror(errno));
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  const std::string there = folder.empty() ? "." : folder.string();
  if (::access(there.c_str(), W_OK | X_OK) == 0) return {};
  return cannot_write(file, "the folder " + there + ": " + std::strerror(errno));
}

}  // namespace carrel::query_server
