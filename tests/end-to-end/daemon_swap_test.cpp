// Nobody who searches notices that a librarian is at work.
#include <atomic>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <set>
#include <thread>

#include <boost/json.hpp>

#include "tests/catch.h"
#include "tests/end-to-end/program.h"
#include "tests/query-server/test_client.h"
#include "tests/temporary_folder.h"

using namespace carrel::tests;
using carrel::query_server::testing::TestClient;

namespace fs = std::filesystem;

namespace {

/// Searches on one kept connection until it is told to stop; every answer must be one that some state of the
/// library gives.
class Searching {
 public:
  /// `totals`: how many hits the query has in each state.
  Searching(int port, std::string query, std::set<std::int64_t> totals)
      : thread_([this, port, query = std::move(query), totals = std::move(totals)](const std::stop_token& stop) {
          TestClient client(static_cast<std::uint16_t>(port));
          for (int i = 0; !stop.stop_requested(); ++i) {
            // A parameter that changes the answer's form but not its hits keeps the cache out of it.
            client.send("GET /v1/search?q=" + query + "&limit=" + std::to_string(1 + i % 50) +
                        " HTTP/1.1\r\nHost: a\r\n\r\n");
            const auto answer = client.receive();
            if (!answer || answer->status != 200) {
              ++failed;
              if (!answer) return;
              continue;
            }
            const auto total = boost::json::parse(answer->body).at("total").to_number<std::int64_t>();
            if (!totals.contains(total)) ++wrong;
            ++asked;
          }
        }) {}

  std::atomic<int> asked{0};
  std::atomic<int> failed{0};
  std::atomic<int> wrong{0};

 private:
  std::jthread thread_;  // last: ends before the counts go
};

std::string page(const std::string& title) {
  return "<!doctype html><html lang=en><title>" + title + "</title><body><main><h1>" + title +
         "</h1><p>Shelter and housing for everybody who needs a roof over the head.</p></main></body></html>";
}

Finished update(const fs::path& index, const fs::path& source) {
  return run("carrel-index", {"update", "--index", index.string(), "--progress", "none", "-q", "--force", source.string()});
}

}  // namespace

TEST_CASE("an index that is swapped a hundred times under load gives no failed and no wrong answer") {
  const TemporaryFolder folder;
  // Two libraries, of one and of two pages; what `current` points to goes back and forth between them.
  folder.write("one/a.html", page("First"));
  folder.write("two/a.html", page("First"));
  folder.write("two/b.html", page("Second"));
  const fs::path index = folder / "index";
  const fs::path other = folder / "other";
  REQUIRE(update(index, folder / "one").exit_code == 0);
  REQUIRE(update(other, folder / "two").exit_code == 0);
  fs::rename(other / fs::read_symlink(other / "current"), index / "generation-000002");
  const auto point_to = [&](const char* generation) {
    fs::create_directory_symlink(generation, index / "next");
    fs::rename(index / "next", index / "current");
  };
  const RunningServer server({"--index", index.string()});
  {
    Searching first(server.port(), "shelter", {1, 2});
    Searching second(server.port(), "housing", {1, 2});
    for (int i = 0; i < 100; ++i) {
      point_to(i % 2 == 0 ? "generation-000002" : "generation-000001");
      // The next swap comes when this one has been met by a search.
      const int before = first.asked + second.asked;
      const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
      do {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      } while (first.asked + second.asked == before && std::chrono::steady_clock::now() < end);
    }
    CHECK(first.failed + second.failed == 0);
    CHECK(first.wrong + second.wrong == 0);
    CHECK(first.asked + second.asked >= 100);
  }
  point_to("generation-000002");
  CHECK(http(server.port(), "/v1/search?q=shelter").body.find("\"total\":2") != std::string::npos);
}

TEST_CASE("an index that is updated all the time under load gives no failed and no wrong answer") {
  const TemporaryFolder folder;
  folder.write("source/a.html", page("First"));
  const fs::path index = folder / "index";
  REQUIRE(update(index, folder / "source").exit_code == 0);
  const RunningServer server({"--index", index.string()});
  {
    Searching first(server.port(), "shelter", {1, 2});
    Searching second(server.port(), "housing", {1, 2});
    for (int i = 0; i < 15; ++i) {
      if (i % 2 == 0) {
        folder.write("source/b.html", page("Second " + std::to_string(i)));
      } else {
        fs::remove(folder / "source/b.html");
      }
      CHECK(update(index, folder / "source").exit_code == 0);
    }
    CHECK(first.failed + second.failed == 0);
    CHECK(first.wrong + second.wrong == 0);
    CHECK(first.asked + second.asked > 100);
  }
  CHECK(http(server.port(), "/v1/search?q=shelter").body.find("\"total\":2") != std::string::npos);
}

TEST_CASE("while the index is away the server answers from what it has open, and finds the new one") {
  const TemporaryFolder folder;
  folder.write("source/a.html", page("First"));
  const fs::path index = folder / "index";
  REQUIRE(update(index, folder / "source").exit_code == 0);
  const RunningServer server({"--index", index.string()});
  CHECK(http(server.port(), "/v1/search?q=shelter").status == 200);
  fs::rename(index, folder / "away");
  CHECK(http(server.port(), "/v1/search?q=housing").status == 200);
  CHECK(http(server.port(), "/readyz").status == 200);
  folder.write("source/b.html", page("Second"));
  REQUIRE(update(index, folder / "source").exit_code == 0);
  CHECK(http(server.port(), "/v1/search?q=housing").body.find("\"total\":2") != std::string::npos);
}
