#include "query-server/concept_statistics.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include <sys/stat.h>

#include "tests/catch.h"
#include "tests/query-server/running_server.h"
#include "tests/query-server/test_client.h"
#include "tests/temporary_folder.h"

using namespace carrel;
using namespace carrel::query_server;
using carrel::tests::TemporaryFolder;
using testing::ask;
using testing::get;
using testing::post;
using testing::RunningServer;

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using Time = std::chrono::system_clock::time_point;

namespace {

constexpr Time kEvening = std::chrono::sys_days(std::chrono::year(2026) / 11 / 25) + hours(23);

std::optional<std::string> content(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(stream), {}};
}

/// Statistics into a file of a temporary folder, with a clock that is set by hand.
struct Counting {
  explicit Counting(std::size_t threshold = 10)
      : settings{.enabled = true, .file = (folder / "statistics.csv").string(), .threshold = threshold},
        statistics(
            settings, [this](const Error& error) { failures.push_back(error); }, [this] { return now; }) {}

  void search(std::string_view label, int times) {
    for (int i = 0; i < times; ++i) statistics.count(label);
  }
  void midnight() {
    now = std::chrono::floor<days>(now) + days(1);
    statistics.keep_up();
  }
  std::optional<std::string> lines() const { return content(settings.file); }

  TemporaryFolder folder;
  StatisticsSettings settings;
  std::vector<Error> failures;
  Time now = kEvening;
  ConceptStatistics statistics;
};

}  // namespace

TEST_CASE("a concept that was searched ten times on a day is told, one that was nine times is not") {
  Counting one;
  one.search("housing", 10);
  one.search("debt bondage", 9);
  one.search("legal services", 25);
  one.statistics.keep_up();
  CHECK_FALSE(one.lines());
  one.midnight();
  CHECK(one.lines() == "day,concept,searches\n2026-11-25,legal services,25\n2026-11-25,housing,10\n");
}

TEST_CASE("each day counts for itself, and days that nobody was there for are left out") {
  Counting one;
  one.search("housing", 9);
  one.midnight();
  one.search("housing", 9);
  one.now += days(3);
  one.search("housing", 10);  // ends the day before by itself
  one.midnight();
  CHECK(one.lines() == "day,concept,searches\n2026-11-29,housing,10\n");
  one.midnight();
  one.search("housing", 11);
  one.midnight();
  CHECK(one.lines() == "day,concept,searches\n2026-11-29,housing,10\n2026-12-01,housing,11\n");
}

TEST_CASE("what ends in good order tells what reached the threshold, and forgets the rest") {
  Counting one;
  one.search("housing", 10);
  one.search("shelter", 9);
  one.statistics.stop();
  CHECK(one.lines() == "day,concept,searches\n2026-11-25,housing,10\n");
  one.search("shelter", 9);
  one.midnight();
  CHECK(one.lines() == "day,concept,searches\n2026-11-25,housing,10\n");
}

TEST_CASE("no threshold is below ten, and a lower one does not tell what was counted before") {
  Counting low(1);
  low.search("housing", 9);
  low.midnight();
  CHECK_FALSE(low.lines());

  Counting high(20);
  high.search("housing", 19);
  high.settings.threshold = 10;
  high.statistics.configure(high.settings);
  high.midnight();
  CHECK_FALSE(high.lines());

  Counting raised;
  raised.search("housing", 15);
  raised.settings.threshold = 20;
  raised.statistics.configure(raised.settings);
  raised.search("housing", 5);
  raised.midnight();
  CHECK(raised.lines() == "day,concept,searches\n2026-11-25,housing,20\n");
}

TEST_CASE("nothing is counted unless it is wished, and what was counted goes when the wish does") {
  ConceptStatistics off;
  CHECK_FALSE(off.enabled());
  for (int i = 0; i < 20; ++i) off.count("housing");
  off.stop();

  Counting one;
  one.search("housing", 20);
  StatisticsSettings none = one.settings;
  none.enabled = false;
  one.statistics.configure(none);
  one.search("housing", 20);
  one.statistics.configure(one.settings);
  one.midnight();
  CHECK_FALSE(one.lines());
  CHECK(one.failures.empty());
}

TEST_CASE("another file holds for the lines that come") {
  Counting one;
  one.search("housing", 10);
  const fs::path other = one.folder / "other.csv";
  one.settings.file = other.string();
  one.statistics.configure(one.settings);
  one.midnight();
  CHECK(content(other) == "day,concept,searches\n2026-11-25,housing,10\n");
  CHECK_FALSE(fs::exists(one.folder / "statistics.csv"));
}

TEST_CASE("a clock that is set back a little goes on with its day, and one set back by days begins anew") {
  Counting one;
  one.midnight();
  one.search("housing", 5);
  one.now -= minutes(10);  // back before midnight
  one.search("housing", 5);
  one.statistics.keep_up();
  one.midnight();
  one.now += days(1);
  one.statistics.keep_up();
  CHECK(one.lines() == "day,concept,searches\n2026-11-26,housing,10\n");
  one.now += days(400);
  one.search("housing", 50);
  one.now = kEvening + days(5);
  one.search("housing", 10);
  one.midnight();
  CHECK(one.lines() == "day,concept,searches\n2026-11-26,housing,10\n2026-11-30,housing,10\n");
}

TEST_CASE("days that cannot be written wait, are told of once, and come when they can be") {
  Counting one;
  fs::create_directory(one.settings.file);  // in the way
  one.search("housing", 10);
  one.midnight();
  one.search("shelter", 12);
  one.midnight();
  one.statistics.keep_up();
  REQUIRE(one.failures.size() == 1);
  CHECK(one.failures[0].message.find(one.settings.file) != std::string::npos);
  CHECK_FALSE(one.failures[0].hint.empty());
  fs::remove(one.settings.file);
  one.statistics.keep_up();
  CHECK(one.lines() == "day,concept,searches\n2026-11-25,housing,10\n2026-11-26,shelter,12\n");
  one.statistics.keep_up();
  CHECK(one.lines() == "day,concept,searches\n2026-11-25,housing,10\n2026-11-26,shelter,12\n");
}

TEST_CASE("statistics go into regular files alone") {
  const TemporaryFolder folder;
  CHECK(check_statistics_file((folder / "new.csv").string()));
  CHECK_FALSE(fs::exists(folder / "new.csv"));
  folder.write("old.csv", "x\n");
  CHECK(check_statistics_file((folder / "old.csv").string()));
  CHECK_FALSE(check_statistics_file(folder.path().string()));
  CHECK_FALSE(check_statistics_file((folder / "missing" / "new.csv").string()));
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK_FALSE(check_statistics_file((folder / "pipe").string()));
  fs::create_symlink("old.csv", folder / "link");
  CHECK_FALSE(check_statistics_file((folder / "link").string()));
}

TEST_CASE("a label cannot make a line of its own, and a table of labels has an end") {
  Counting one;
  one.search("a, \"b\"\nc", 10);
  for (int i = 0; i < 30'000; ++i) one.statistics.count("label " + std::to_string(i));
  one.search("too late", 10);
  one.midnight();
  CHECK(one.lines() == "day,concept,searches\n2026-11-25,\"a, \"\"b\"\" c\",10\n");
}

TEST_CASE("a search counts when all of it names a concept, by every route and from memory too") {
  Counting one;
  RunningServer server({.statistics = &one.statistics});
  for (int i = 0; i < 3; ++i) {
    CHECK(get(server.port(), "/v1/search?q=Housing").status == 200);
    CHECK(get(server.port(), "/search?q=Housing").status == 200);
    CHECK(get(server.port(), "/api/v2/search/i14y?query=vivienda").status == 200);
    CHECK(post(server.port(), "/v1/search", "application/json", R"({"q": "vivienda"})").status == 200);
  }
  one.midnight();
  CHECK(one.lines() == "day,concept,searches\n2026-11-25,housing,12\n");
}

TEST_CASE("what is no new search for a concept alone is never counted") {
  Counting one;
  RunningServer server({.statistics = &one.statistics});
  for (int i = 0; i < 20; ++i) {
    for (const char* target :
         {"/v1/search?q=Maria+Housing", "/v1/search?q=", "/v1/search?q=Housing&offset=20",
          "/search?q=Housing&type=report", "/v1/search?q=Housing&year=2020", "/v1/search?q=Housing&sort=date",
          "/v1/search?q=Housing&no_such=1", "/v1/suggest?q=Housing", "/feed.atom?q=Housing",
          "/v1/facets/topic?q=Housing", "/readyz"}) {
      get(server.port(), target);
    }
    ask(server.port(), "HEAD /v1/search?q=Housing HTTP/1.1\r\nHost: a\r\n\r\n", true);
  }
  one.midnight();
  CHECK_FALSE(one.lines());
}
