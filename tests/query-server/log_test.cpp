#include "query-server/log.h"

#include <chrono>
#include <string>

#include <boost/json.hpp>
#include <fcntl.h>
#include <unistd.h>

#include "tests/catch.h"

using namespace carrel::query_server;

namespace {

struct Pipe {
  Pipe() { REQUIRE(::pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0); }
  ~Pipe() {
    ::close(ends[0]);
    ::close(ends[1]);
  }
  std::string read_all() const {
    std::string all;
    char piece[4096];
    for (ssize_t got; (got = ::read(ends[0], piece, sizeof piece)) > 0;) all.append(piece, static_cast<std::size_t>(got));
    return all;
  }
  int ends[2];
};

}  // namespace

TEST_CASE("a line of JSON cannot be broken out of") {
  const std::string evil = "\"}\n{\"level\":\"error\",\"event\":\"forged\" \xff";
  const std::string line = log_line(true, "2026-01-02T03:04:05.678Z", LogLevel::info, "answered",
                                    {{"route", evil}, {"status", std::int64_t{200}}, {"ms", 1.5}});
  CHECK(line.find('\n') == std::string::npos);
  const auto object = boost::json::parse(line).as_object();
  CHECK(object.size() == 6);
  CHECK(object.at("level").as_string() == "info");
  CHECK(object.at("status").as_int64() == 200);
  CHECK(object.at("route").as_string().find("forged") != boost::json::string::npos);
}

TEST_CASE("a line of text cannot be broken out of") {
  const std::string line = log_line(false, "now", LogLevel::error, "a\nb", {{"route", "c\r\nd\x1b[31m"}});
  CHECK(line == "carrel-server: now error: a b: route c  d [31m");
}

TEST_CASE("lines are written in order") {
  const Pipe pipe;
  {
    Log log(pipe.ends[1], true);
    for (int i = 0; i < 100; ++i) log.write(LogLevel::info, std::to_string(i));
  }
  const std::string all = pipe.read_all();
  std::size_t at = 0;
  for (int i = 0; i < 100; ++i) {
    at = all.find("\"event\":\"" + std::to_string(i) + "\"", at);
    REQUIRE(at != std::string::npos);
  }
}

TEST_CASE("a reader that stalls stops nobody, and is told how many lines were left out") {
  const Pipe pipe;
  const auto begin = std::chrono::steady_clock::now();
  {
    Log log(pipe.ends[1], true);
    for (int i = 0; i < 20'000; ++i) log.write(LogLevel::info, "a line of the log that nobody reads");
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
    std::string all;
    for (int i = 0; i < 500 && all.find("left out") == std::string::npos; ++i) {
      all += pipe.read_all();
      ::usleep(10'000);
    }
    CHECK(all.find("lines were left out of this log") != std::string::npos);
  }
}
