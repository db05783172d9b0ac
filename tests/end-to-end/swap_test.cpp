// Readers ask all the time while generations are swapped and updates are committed: none of them notices.
#include <atomic>
#include <chrono>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <boost/json.hpp>

#include "indexer/index_folder.h"
#include "indexer/progress.h"
#include "indexer/rebuild.h"
#include "indexer/update.h"
#include "search/searcher.h"
#include "tests/catch.h"
#include "tests/end-to-end/program.h"
#include "tests/temporary_folder.h"

using namespace carrel;
using namespace carrel::tests;

namespace fs = std::filesystem;

namespace {

constexpr int kPages = 12;

/// A library of which every page holds the word "orchard", with an index that is written from here.
struct Orchard {
  TemporaryFolder folder;
  fs::path source = folder / "documents";
  fs::path index = folder / "index";
  std::unique_ptr<indexer::Progress> progress = indexer::make_progress(indexer::ProgressStyle::none);
  std::atomic<bool> stop{false};
  int edition = 0;

  Orchard() {
    for (int page = 0; page < kPages; ++page) write(page);
    REQUIRE(update());
  }

  void write(int page) {
    std::string text = "<html lang=en><title>Page</title><body><main><h1>Page</h1><p>An orchard of apples";
    for (int i = 0; i < 50; ++i) text += " word" + std::to_string(page * 50 + i + edition);
    folder.write("documents/page" + std::to_string(page) + ".html", text + ".</p>");
  }

  indexer::UpdateOptions options() const {
    indexer::UpdateOptions made;
    made.index = index;
    made.inputs.sources = {source};
    made.pool.workers = 1;
    made.pool.executable = CARREL_INDEX_PROGRAM;
    return made;
  }

  Result<indexer::RunReport> update() {
    return indexer::update(options(), {.progress = *progress, .stop = stop, .note = {}});
  }
  Result<indexer::RunReport> rebuild() {
    return indexer::rebuild({.update = options(), .judgements = {}, .search_program = {}},
                            {.progress = *progress, .stop = stop, .note = {}});
  }
  Result<void> roll_back() {
    auto folder_of_index = indexer::IndexFolder::open(index, "rollback");
    if (!folder_of_index) return std::unexpected(folder_of_index.error());
    return folder_of_index->roll_back();
  }

  /// One way or another another revision answers.
  void step(int number) {
    ++edition;
    if (number % 5 == 4) {
      REQUIRE(roll_back());
    } else if (number % 2 == 0) {
      REQUIRE(rebuild());
    } else {
      write(number % kPages);
      REQUIRE(update());
    }
  }
};

/// What readers have met.
struct Complaints {
  std::mutex mutex;
  std::vector<std::string> sentences;
  std::atomic<std::uint64_t> answers{0};

  void add(std::string sentence) {
    const std::lock_guard lock(mutex);
    if (sentences.size() < 10) sentences.push_back(std::move(sentence));
  }
};

void check_none(Complaints& complaints) {
  std::string all;
  for (const std::string& sentence : complaints.sentences) all += sentence + "\n";
  INFO(all);
  CHECK(complaints.sentences.empty());
  CHECK(complaints.answers > 100);
}

}  // namespace

TEST_CASE("A hundred swaps and updates under a load of queries fail none and empty none") {
  Orchard orchard;
  Complaints complaints;
  std::atomic<bool> done{false};
  std::vector<std::jthread> readers;
  auto first = search::Searcher::open(orchard.index);
  REQUIRE(first);
  for (int reader = 0; reader < 3; ++reader) {
    auto own = first->fork_for_thread();
    REQUIRE(own);
    readers.emplace_back([&, searcher = std::make_shared<search::Searcher>(std::move(*own)), reader] {
      while (!done) {
        // One reader refreshes before each query as the daemon does, the others keep what they have until it
        // is overwritten under their hands.
        if (reader == 0) static_cast<void>(searcher->refresh());
        const auto answer = searcher->search({.q = reader == 2 ? "\"orchard of apples\"" : "orchard"});
        ++complaints.answers;
        if (!answer) {
          complaints.add("failed: " + to_line(answer.error()));
        } else if (answer->total != kPages || answer->hits.empty()) {
          complaints.add("total " + std::to_string(answer->total));
        }
        std::this_thread::sleep_for(std::chrono::microseconds(500));
      }
    });
  }
  for (int number = 0; number < 100; ++number) orchard.step(number);
  done = true;
  readers.clear();
  check_none(complaints);
}

TEST_CASE("The daemon answers every request while generations are swapped") {
  Orchard orchard;
  Complaints complaints;
  std::atomic<bool> done{false};
  RunningServer server({"--index", orchard.index.string()});
  std::vector<std::jthread> clients;
  for (int client = 0; client < 2; ++client) {
    clients.emplace_back([&] {
      while (!done) {
        const HttpAnswer answer = http(server.port(), "/v1/search?q=orchard");
        ++complaints.answers;
        if (answer.status != 200) {
          complaints.add("status " + std::to_string(answer.status) + ": " + answer.body);
        } else if (boost::json::parse(answer.body).at("total").to_number<int>() != kPages) {
          complaints.add(answer.body.substr(0, 300));
        }
      }
    });
  }
  for (int number = 0; number < 40; ++number) orchard.step(number);
  done = true;
  clients.clear();
  check_none(complaints);
}

TEST_CASE("A reader that opens an index at any moment of its swaps finds one") {
  Orchard orchard;
  Complaints complaints;
  std::atomic<bool> done{false};
  std::jthread opener([&] {
    while (!done) {
      auto searcher = search::Searcher::open(orchard.index);
      ++complaints.answers;
      if (!searcher) complaints.add(to_line(searcher.error()));
    }
  });
  for (int number = 0; number < 30; ++number) REQUIRE(orchard.rebuild());
  done = true;
  opener.join();
  check_none(complaints);
}
