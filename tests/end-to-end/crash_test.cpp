// Whatever a writer was doing when it was killed: the index opens, answers and goes on.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <random>
#include <thread>

#include "indexer/index_writer.h"
#include "search/searcher.h"
#include "tests/catch.h"
#include "tests/end-to-end/index_dump.h"
#include "tests/end-to-end/program.h"
#include "tests/temporary_folder.h"

using namespace carrel;
using namespace carrel::tests;

namespace fs = std::filesystem;

namespace {

/// A copy of the demonstration library whose documents change.
struct ChangingLibrary {
  TemporaryFolder folder;
  fs::path source = folder / "documents";
  fs::path index = folder / "index";
  fs::path cache = folder / "cache.sqlite";
  std::vector<fs::path> pages;
  std::mt19937 random;

  explicit ChangingLibrary(unsigned seed) : random(seed) {
    fs::copy(corpus() / "library", source, fs::copy_options::recursive);
    for (const auto& entry : fs::recursive_directory_iterator(source)) {
      if (entry.path().extension() == ".html") pages.push_back(entry.path());
    }
    std::ranges::sort(pages);
  }

  std::vector<std::string> words(const std::string& command, const fs::path& where) const {
    return {command,   "--index",      where.string(), "--catalog", (corpus() / "catalog.csv").string(),
            "--cache", cache.string(), "--jobs",       "2",         "--progress",
            "none",    source.string()};
  }

  Finished finish(const std::string& command) const { return run("carrel-index", words(command, index)); }

  /// Some pages get another sentence, one moves, one goes and comes back.
  void change() {
    for (int i = 0; i < 3; ++i) {
      const fs::path& page = pages[random() % pages.size()];
      if (!fs::exists(page)) continue;
      std::ofstream(page, std::ios::app) << "<p>Sentence number " << random() << " of a persimmon.</p>";
    }
    const fs::path& wanderer = pages[random() % pages.size()];
    const fs::path elsewhere = source / "elsewhere" / wanderer.filename();
    fs::create_directories(elsewhere.parent_path());
    if (fs::exists(wanderer)) {
      fs::rename(wanderer, elsewhere);
    } else if (fs::exists(elsewhere)) {
      fs::rename(elsewhere, wanderer);
    }
  }

  /// Starts a command and kills it after a random part of `longest`. True when it was still at work.
  bool kill_at_random(const std::string& command, std::chrono::microseconds longest) {
    Background program("carrel-index", words(command, index));
    std::uniform_int_distribution<std::int64_t> moment(0, longest.count());
    std::this_thread::sleep_for(std::chrono::microseconds(moment(random)));
    program.signal(SIGKILL);
    return program.wait() == 128 + SIGKILL;
  }
};

int number_from_environment(const char* name, int otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr ? std::atoi(value) : otherwise;
}

std::size_t answers(const fs::path& index) {
  auto searcher = search::Searcher::open(index);
  REQUIRE(searcher);
  const auto answer = searcher->search({.q = "trafficking"});
  REQUIRE(answer);
  return answer->total;
}

}  // namespace

TEST_CASE("A writer killed at any moment leaves an index that opens, answers and goes on") {
  // CARREL_KILLS sets how many moments are tried, CARREL_SEED which.
  const int kills = number_from_environment("CARREL_KILLS", 24);
  ChangingLibrary library(static_cast<unsigned>(number_from_environment("CARREL_SEED", 1)));
  const auto timed = [&](const std::string& command) {
    const auto start = std::chrono::steady_clock::now();
    const Finished finished = library.finish(command);
    REQUIRE(finished.exit_code <= 1);
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
  };
  REQUIRE(library.finish("update").exit_code <= 1);
  const std::size_t expected = answers(library.index);
  REQUIRE(expected > 20);
  library.change();
  const auto update_takes = timed("update");
  const auto rebuild_takes = timed("rebuild");

  int in_flight = 0;
  for (int i = 0; i < kills; ++i) {
    const bool rebuilds = i % 3 == 2;
    library.change();
    in_flight +=
        library.kill_at_random(rebuilds ? "rebuild" : "update", rebuilds ? rebuild_takes : update_takes);
    INFO("kill " << i << " of " << (rebuilds ? "rebuild" : "update"));
    REQUIRE(answers(library.index) + 3 >= expected);
    REQUIRE(indexer::check_index(library.index));
    // Every few kills the next run is let finish; in between one killed run follows another.
    if (i % 4 == 3) REQUIRE(library.finish("update").exit_code <= 1);
  }
  REQUIRE(library.finish("update").exit_code <= 1);
  REQUIRE(indexer::check_index(library.index));
  UNSCOPED_INFO(in_flight << " of " << kills << " runs were killed at work");
  CHECK(in_flight * 2 > kills);
  if (kills > 100) WARN(in_flight << " of " << kills << " runs were killed at work");

  const fs::path in_one_go = library.folder / "in-one-go";
  REQUIRE(run("carrel-index", library.words("update", in_one_go)).exit_code <= 1);
  CHECK(first_difference(dump_index(in_one_go), dump_index(library.index)) == "");
}

TEST_CASE("A first run that is killed leaves nothing in the way of the next") {
  ChangingLibrary library(7);
  REQUIRE(library.finish("update").exit_code <= 1);
  const IndexDump expected = dump_index(library.index);
  for (int i = 0; i < 4; ++i) {
    fs::remove_all(library.index);
    library.kill_at_random("update", std::chrono::milliseconds(90 * (i + 1)));
    REQUIRE(library.finish("update").exit_code <= 1);
    REQUIRE(first_difference(expected, dump_index(library.index)) == "");
    CHECK_FALSE(fs::exists(library.index / "candidate"));
  }
}

TEST_CASE("The first Ctrl-C ends a run in good order and keeps what was done") {
  ChangingLibrary library(3);
  Background program("carrel-index", library.words("update", library.index));
  std::this_thread::sleep_for(std::chrono::milliseconds(700));
  program.signal(SIGINT);
  const int code = program.wait();
  CHECK((code == 130 || code == 1));
  if (fs::exists(library.index / "current")) CHECK(indexer::check_index(library.index));
  CHECK(library.finish("update").exit_code == 1);
  CHECK(indexer::check_index(library.index));
}
