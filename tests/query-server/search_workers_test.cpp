#include "query-server/search_workers.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <map>
#include <thread>
#include <vector>

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

TEST_CASE("a visitor who comes alone is served by the worker that was busy last") {
  const auto library = std::make_shared<testing::FakeLibrary>();
  SearchWorkers workers(testing::fake_services(library), 4, 100);
  std::map<std::thread::id, int> served;
  constexpr int kVisits = 40;
  for (int i = 0; i < kVisits; ++i) {
    std::promise<void> done;
    SearchWorkers::Task task = [&](SearchService&) {
      ++served[std::this_thread::get_id()];
      done.set_value();
    };
    REQUIRE(workers.offer(task));
    done.get_future().wait();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));  // until it is idle again, mostly
  }
  int most = 0;
  for (const auto& [thread, times] : served) most = std::max(most, times);
  CHECK(most > kVisits / 2);  // in turn, each would have served a quarter
}

TEST_CASE("no task is left behind, whoever comes at the same time") {
  const auto library = std::make_shared<testing::FakeLibrary>();
  SearchWorkers workers(testing::fake_services(library), 3, 100'000);
  std::atomic<int> done{0};
  std::vector<std::jthread> visitors;
  for (int visitor = 0; visitor < 4; ++visitor) {
    visitors.emplace_back([&] {
      for (int i = 0; i < 2'000; ++i) {
        const int before = done;
        SearchWorkers::Task task = [&](SearchService&) {
          ++done;
          done.notify_all();
        };
        if (workers.offer(task) && i % 7 == 0) done.wait(before);
      }
    });
  }
  visitors.clear();
  workers.stop();
  CHECK(done == 8'000);
}
