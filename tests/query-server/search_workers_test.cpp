#include "query-server/search_workers.h"

#include <atomic>
#include <future>

#include "tests/catch.h"
#include "tests/query-server/fake_service.h"

using namespace carrel::query_server;

TEST_CASE("each worker makes one service when it begins") {
  const auto library = std::make_shared<testing::FakeLibrary>();
  SearchWorkers workers(testing::fake_services(library), 2, 100);
  std::atomic<int> done{0};
  for (int i = 0; i < 50; ++i) {
    SearchWorkers::Task task = [&](SearchService&) { ++done; };
    REQUIRE(workers.offer(task));
  }
  workers.stop();
  CHECK(done == 50);
  CHECK(library->services == 2);
}

TEST_CASE("a full queue refuses a task and leaves it with the caller") {
  const auto library = std::make_shared<testing::FakeLibrary>();
  SearchWorkers workers(testing::fake_services(library), 1, 1);
  std::promise<void> started;
  std::promise<void> go_on;
  SearchWorkers::Task slow = [&](SearchService&) {
    started.set_value();
    go_on.get_future().wait();
  };
  REQUIRE(workers.offer(slow));
  started.get_future().wait();
  int done = 0;
  SearchWorkers::Task waiting = [&](SearchService&) { ++done; };
  CHECK(workers.offer(waiting));
  SearchWorkers::Task too_many = [&](SearchService&) { done += 100; };
  CHECK_FALSE(workers.offer(too_many));
  CHECK(static_cast<bool>(too_many));
  go_on.set_value();
  workers.stop();
  CHECK(done == 1);
  CHECK_FALSE(workers.offer(too_many));
}
