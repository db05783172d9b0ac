#include "indexer/progress.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

using Clock = std::chrono::steady_clock;

/// Lets pass at most one call an interval.
class Pace {
 public:
  explicit Pace(std::chrono::milliseconds interval) : interval_(interval) {}
  bool due() {
    const auto now = Clock::now();
    if (now - last_ < interval_) return false;
    last_ = now;
    return true;
  }

 private:
  std::chrono::milliseconds interval_;
  Clock::time_point last_ = Clock::now();
};

/// How fast a run goes since it began, and how long it will still take.
class Rate {
 public:
  void begin() { started_ = Clock::now(); }
  /// Documents a second.
  double of(std::uint64_t done) const {
    const double seconds = std::max(1e-3, std::chrono::duration<double>(Clock::now() - started_).count());
    return static_cast<double>(done) / seconds;
  }
  /// Seconds left for the rest.
  std::uint64_t left(std::uint64_t done, std::uint64_t total) const {
    return static_cast<std::uint64_t>(static_cast<double>(total - std::min(done, total)) /
                                      std::max(of(done), 1e-3));
  }

 private:
  Clock::time_point started_ = Clock::now();
};

/// "2:05", "1:02:05".
std::string clock_time(std::uint64_t seconds) {
  if (seconds < 3600) return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

class NoProgress : public Progress {
 public:
  void begin(std::uint64_t) override {}
  void advance(std::uint64_t, std::uint64_t, std::string_view) override {}
  void recognise(std::uint64_t, std::uint64_t, std::string_view) override {}
  void end() override {}
};

class PlainProgress : public Progress {
 public:
  void begin(std::uint64_t total) override {
    total_ = total;
    rate_.begin();
  }
  void advance(std::uint64_t done, std::uint64_t failed, std::string_view path) override {
    if (!pace_.due()) return;
    fmt::print(stderr, "{} of {} documents read, {} failed; {:.1f}/s, {} left, now {}\n", done, total_,
               failed, rate_.of(done), clock_time(rate_.left(done, total_)), schema::repair_utf8(path));
  }
  void recognise(std::uint64_t done, std::uint64_t total, std::string_view path) override {
    if (recognition_pace_.due())
      fmt::print(stderr, "{} of {} pages recognised, now {}\n", done, total, schema::repair_utf8(path));
  }
  void end() override {}

 private:
  std::uint64_t total_ = 0;
  Rate rate_;
  Pace pace_{std::chrono::seconds(10)};
  Pace recognition_pace_{std::chrono::seconds(10)};
};

class JsonProgress : public Progress {
 public:
  void begin(std::uint64_t total) override {
    total_ = total;
    rate_.begin();
    say({{"event", "begin"}, {"total", total}});
  }
  void advance(std::uint64_t done, std::uint64_t failed, std::string_view path) override {
    if (done == total_ || pace_.due()) {
      say({{"event", "progress"},
           {"done", done},
           {"total", total_},
           {"failed", failed},
           {"per_second", rate_.of(done)},
           {"seconds_left", rate_.left(done, total_)},
           {"path", schema::repair_utf8(path)}});
    }
  }
  void recognise(std::uint64_t done, std::uint64_t total, std::string_view path) override {
    if (done == total || recognition_pace_.due()) {
      say({{"event", "recognise"}, {"done", done}, {"total", total}, {"path", schema::repair_utf8(path)}});
    }
  }
  void end() override { say({{"event", "end"}}); }

 private:
  static void say(const boost::json::object& event) {
    fmt::print(stderr, "{}\n", boost::json::serialize(event));
  }

  std::uint64_t total_ = 0;
  Rate rate_;
  Pace pace_{std::chrono::milliseconds(100)};
  Pace recognition_pace_{std::chrono::milliseconds(100)};
};

/// One line that is drawn over and over: bar, counts, rate, time left, the file just read.
class BarProgress : public Progress {
 public:
  void begin(std::uint64_t total) override {
    total_ = total;
    rate_.begin();
  }
  void advance(std::uint64_t done, std::uint64_t failed, std::string_view path) override {
    if (done != total_ && !pace_.due()) return;
    constexpr std::uint64_t kWidth = 24;
    const std::uint64_t full = total_ == 0 ? kWidth : done * kWidth / total_;
    std::string bar;
    for (std::uint64_t i = 0; i < kWidth; ++i) bar += i < full ? "━" : "╌";
    const std::string numbers = fmt::format(" {}/{}  {:.0f}/s  {} left{}  ", done, total_, rate_.of(done),
                                            clock_time(rate_.left(done, total_)),
                                            failed > 0 ? fmt::format("  {} failed", failed) : "");
    // 'path' is cut to what is left of the terminal's line; its bytes are counted as columns, which errs
    // short.
    const std::size_t used = kWidth + numbers.size() + 1;
    std::string name = schema::repair_utf8(path.substr(path.rfind('/') + 1));
    const std::size_t room = columns() > used ? columns() - used : 0;
    if (name.size() > room)
      name = schema::repair_utf8(std::string_view(name).substr(0, room > 1 ? room - 1 : 0));
    fmt::print(stderr, "\r\033[K{}{}{}", bar, numbers, name);
    std::fflush(stderr);
  }
  void recognise(std::uint64_t done, std::uint64_t total, std::string_view path) override {
    if (!recognition_pace_.due()) return;
    const std::string numbers = fmt::format("page {} of {} recognised  ", done, total);
    std::string name = schema::repair_utf8(path.substr(path.rfind('/') + 1));
    const std::size_t room = columns() > numbers.size() ? columns() - numbers.size() - 1 : 0;
    if (name.size() > room) name = schema::repair_utf8(std::string_view(name).substr(0, room));
    fmt::print(stderr, "\r\033[K{}{}", numbers, name);
    std::fflush(stderr);
  }
  void end() override {
    fmt::print(stderr, "\r\033[K");
    std::fflush(stderr);
  }

 private:
  static std::size_t columns() {
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
  }

  std::uint64_t total_ = 0;
  Rate rate_;
  Pace pace_{std::chrono::milliseconds(200)};
  Pace recognition_pace_{std::chrono::milliseconds(200)};
};

}  // namespace

std::unique_ptr<Progress> make_progress(ProgressStyle style) {
  switch (style) {
    case ProgressStyle::none:
      return std::make_unique<NoProgress>();
    case ProgressStyle::json:
      return std::make_unique<JsonProgress>();
    case ProgressStyle::plain:
      return std::make_unique<PlainProgress>();
    case ProgressStyle::automatic:
      break;
  }
  if (::isatty(STDERR_FILENO) == 1) return std::make_unique<BarProgress>();
  return std::make_unique<PlainProgress>();
}

}  // namespace carrel::indexer
