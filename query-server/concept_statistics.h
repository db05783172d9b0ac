// How often concepts of the thesaurus were searched, for operators who ask for it: numbers about the words of
// librarians, and nothing of the words of those who search.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "search/schema/result.h"

namespace carrel::query_server {

/// Fewer searches than these are never told, whatever is configured.
inline constexpr std::size_t kLeastThreshold = 10;

struct StatisticsSettings {
  bool enabled = false;
  std::string file;                         ///< CSV, lines are appended; must be named when enabled
  std::size_t threshold = kLeastThreshold;  ///< a concept is told for a day with so many searches or more
  friend bool operator==(const StatisticsSettings&, const StatisticsSettings&) = default;
};

/// Counts in memory, for the current day (UTC) alone. When the day is over, or the server ends in good order,
/// a line "day,concept,searches" for each concept that reached the threshold goes to the end of the file;
/// the other counts are forgotten and were never written. Any thread; only keep_up and stop touch the disk.
class ConceptStatistics {
 public:
  using Clock = std::function<std::chrono::system_clock::time_point()>;

  /// `on_failure` is told when settings name a file that cannot be written, and once when writing fails, until
  /// it has succeeded again; on the thread that calls configure, keep_up or stop.
  explicit ConceptStatistics(StatisticsSettings settings = {}, std::function<void(const Error&)> on_failure = nullptr,
                             Clock clock = std::chrono::system_clock::now);

  bool enabled() const { return enabled_; }

  /// One search named a concept. `label` is the concept's preferred label: never what somebody typed.
  void count(std::string_view label);

  /// Other settings from now on. What was counted under a higher threshold is forgotten rather than told under
  /// a lower one.
  void configure(StatisticsSettings settings);

  /// Writes the days that are over; to be called now and then. Days that cannot be written wait for the next
  /// call, the last 31 of them.
  void keep_up();

  /// Writes what reached the threshold up to now, and counts from zero again.
  void stop();

 private:
  struct Day {
    std::chrono::sys_days day;
    std::vector<std::pair<std::string, std::uint64_t>> searches;  ///< most first
  };

  void begin_day();
  void end_day();
  void forget();
  void write_due();

  const std::function<void(const Error&)> on_failure_;
  const Clock clock_;
  std::atomic<bool> enabled_{false};

  std::mutex writing_;  ///< taken before mutex_
  bool failed_ = false;

  std::mutex mutex_;  ///< of what follows
  StatisticsSettings settings_;
  std::chrono::sys_days day_{};
  std::unordered_map<std::string, std::uint64_t> counts_;
  std::vector<Day> due_;
  std::uint64_t forgotten_ = 0;  ///< changes when what is due must not be written any more
};

/// Whether lines can be appended to the file, as far as that can be told without making it. Errors (usage).
Result<void> check_statistics_file(const std::string& file);

}  // namespace carrel::query_server
