#include "query-server/log.h"

#include <array>
#include <cerrno>
#include <chrono>

#include <boost/json.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "search/schema/utf8.h"

namespace carrel::query_server {
namespace {

constexpr std::size_t kMostLines = 10'000;

std::string_view name_of(LogLevel level) {
  switch (level) {
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  std::unreachable();
}

std::string now() {
  const auto time = std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto seconds = std::chrono::time_point_cast<std::chrono::seconds>(time);
  return fmt::format("{:%FT%T}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                     (time - seconds).count());
}

std::string json_line(std::string_view time, LogLevel level, std::string_view event,
                      std::initializer_list<LogField> fields) {
  boost::json::object line;
  line["time"] = time;
  line["level"] = name_of(level);
  line["event"] = schema::repair_utf8(event);
  for (const LogField& field : fields) {
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
      line[field.name] = schema::repair_utf8(*text);
    } else if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
      line[field.name] = *number;
    } else {
      line[field.name] = std::get<double>(field.value);
    }
  }
  return boost::json::serialize(line);
}

std::string plain(std::string_view text) {
  std::string clean = schema::repair_utf8(text);
  for (char& c : clean) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  }
  return clean;
}

std::string text_line(std::string_view time, LogLevel level, std::string_view event,
                      std::initializer_list<LogField> fields) {
  std::string line = fmt::format("carrel-server: {} {}: {}", time, name_of(level), plain(event));
  std::string_view before = ": ";
  for (const LogField& field : fields) {
    line.append(before).append(field.name).append(" ");
    before = ", ";
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
      line.append(plain(*text));
    } else if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
      line.append(std::to_string(*number));
    } else {
      line.append(fmt::format("{:.3f}", std::get<double>(field.value)));
    }
  }
  return line;
}

}  // namespace

std::string log_line(bool json, std::string_view time, LogLevel level, std::string_view event,
                     std::initializer_list<LogField> fields) {
  return json ? json_line(time, level, event, fields) : text_line(time, level, event, fields);
}

Log::Log(int descriptor, bool json)
    : descriptor_(descriptor), json_(json), thread_([this](const std::stop_token& stop) { work(stop); }) {}

Log::~Log() {
  thread_.request_stop();
  arrived_.notify_all();
}

void Log::write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  std::string line = log_line(json_, now(), level, event, fields) + "\n";
  {
    const std::lock_guard lock(mutex_);
    if (lines_.size() >= kMostLines) {
      ++left_out_;
      return;
    }
    lines_.push_back(std::move(line));
  }
  arrived_.notify_one();
}

void Log::work(const std::stop_token& stop) {
  for (;;) {
    std::string line;
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, stop, [this] { return !lines_.empty(); });
      if (lines_.empty()) return;
      line = std::move(lines_.front());
      lines_.pop_front();
      if (lines_.empty() && left_out_ > 0) {
        lines_.push_back(log_line(json_, now(), LogLevel::warning, "lines were left out of this log",
                                  {{"lines", static_cast<std::int64_t>(std::exchange(left_out_, 0))}}) +
                         "\n");
      }
    }
    if (!put(line, stop)) return;
  }
}

bool Log::put(std::string_view line, const std::stop_token& stop) const {
  int waited = 0;
  while (!line.empty()) {
    pollfd ready{.fd = descriptor_, .events = POLLOUT, .revents = 0};
    if (::poll(&ready, 1, 100) == 0) {
      if (stop.stop_requested() && ++waited >= 10) return false;
      continue;
    }
    const auto written = ::write(descriptor_, line.data(), line.size());
    if (written < 0 && errno != EINTR && errno != EAGAIN) return true;  // nobody reads: not our concern
    if (written > 0) line.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace carrel::query_server
