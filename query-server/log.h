// The server's log: lines on standard error, as text or as JSON. It never holds what was asked or by whom.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>

namespace carrel::query_server {

enum class LogLevel { info, warning, error };

/// One more thing that a line tells; names are our own words.
struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double> value;
};

/// A line without its end. JSON: {"time", "level", "event", fields…}, strings escaped, so that nothing that
/// is logged can begin a line or a member of its own. Text: "level: event; name value, …" with control
/// characters taken away. Bytes that are not UTF-8 are replaced in both.
std::string log_line(bool json, std::string_view time, LogLevel level, std::string_view event,
                     std::initializer_list<LogField> fields);

/// Writes lines from a thread of its own, so that a reader that stalls (a full pipe) never stops an answer:
/// what does not fit into the queue is left out, and how much is told later. Any thread.
class Log {
 public:
  /// Writes to `descriptor`, which stays the caller's.
  Log(int descriptor, bool json);
  /// Writes what waits, for a second at most.
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

 private:
  void work(const std::stop_token& stop);
  /// False when the reader took nothing until `stop` was asked for and a second went by.
  bool put(std::string_view line, const std::stop_token& stop) const;

  const int descriptor_;
  const bool json_;
  std::mutex mutex_;
  std::condition_variable_any arrived_;
  std::deque<std::string> lines_;
  std::size_t left_out_ = 0;
  std::jthread thread_;
};

}  // namespace carrel::query_server
