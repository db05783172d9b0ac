// carrel-server among clients that mean it ill.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <map>
#include <thread>

#include <sys/socket.h>
#include <sys/wait.h>

#include "tests/catch.h"
#include "tests/end-to-end/hostile_requests.h"
#include "tests/end-to-end/program.h"
#include "tests/query-server/test_client.h"

using namespace carrel::tests;
using namespace std::chrono_literals;
using carrel::query_server::testing::TestClient;

namespace {

using Clock = std::chrono::steady_clock;

/// Times and memory are those of a program as people run it, not of one that is watched.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
const bool kSanitized = true;
#else
const bool kSanitized = std::getenv("CARREL_TEST_SERVER") != nullptr;
#endif

/// Resident memory of a process in bytes.
std::size_t resident_bytes(int process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6)) * 1024;
  }
  return 0;
}

bool is_running(int process) {
  return ::waitpid(process, nullptr, WNOHANG) == 0;
}

std::uint16_t port_of(const RunningServer& server) {
  return static_cast<std::uint16_t>(server.port());
}

/// Sends `count` hostile requests, each on a connection of its own, and counts the statuses; 0: closed without
/// an answer, as a request that is cut short may be.
std::map<int, int> attack(std::uint16_t port, std::uint64_t seed, int count) {
  HostileRequests requests(seed);
  std::map<int, int> statuses;
  for (int i = 0; i < count; ++i) {
    TestClient client(port);
    client.send(requests.next());
    client.end_sending();
    const auto answer = client.receive(true);
    ++statuses[answer ? answer->status : 0];
  }
  return statuses;
}

}  // namespace

TEST_CASE("ten thousand hostile requests bring no failure inside, no crash and no growth") {
  const RunningServer server({"--index", demonstration_library().index.string()});
  const std::uint16_t port = port_of(server);
  attack(port, 1, 2000);  // fills what is bounded: caches, vocabulary, arenas of the allocator
  const std::size_t before = resident_bytes(server.process());
  std::map<int, int> statuses;
  for (std::uint64_t seed = 2; seed < 6; ++seed) {
    for (const auto& [status, count] : attack(port, seed, 2000)) statuses[status] += count;
  }
  int answered = 0;
  for (const auto& [status, count] : statuses) {
    INFO("status " << status << ": " << count << " times");
    CHECK((status < 500 || status == 503));
    if (status > 0) answered += count;
  }
  CHECK(answered > 7000);
  CHECK(statuses[200] > 500);
  CHECK(statuses[400] > 500);
  CHECK(is_running(server.process()));
  const std::size_t after = resident_bytes(server.process());
  INFO("resident: " << before << " bytes before, " << after << " after");
  if (!kSanitized) CHECK(after < before + (std::size_t{8} << 20));
  CHECK(http(server.port(), "/v1/search?q=housing").status == 200);
}

TEST_CASE("three hundred clients that drip a line a second keep nobody from searching") {
  const RunningServer server({"--index", demonstration_library().index.string()});
  const std::uint16_t port = port_of(server);
  http(server.port(), "/v1/search?q=housing");  // the first search of a worker opens its handle
  std::vector<std::unique_ptr<TestClient>> slow;
  for (int i = 0; i < 300; ++i) {
    slow.push_back(std::make_unique<TestClient>(port));
    slow.back()->send("GET /v1/search?q=a HTTP/1.1\r\nHost: a\r\n");
  }
  std::jthread drip([&slow](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      for (const auto& client : slow) client->send("X-Slow: 1\r\n");
      std::this_thread::sleep_for(1s);
    }
  });
  std::vector<double> milliseconds;
  const auto end = Clock::now() + 12s;  // the slow ones are cut after ten
  for (int i = 0; Clock::now() < end; ++i) {
    const auto begin = Clock::now();
    // Another length each time, so that not all answers come from memory.
    const std::string limit = std::to_string(1 + i % 20);
    CHECK(http(server.port(), "/v1/search?q=debt+bondage&limit=" + limit).status == 200);
    milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    std::this_thread::sleep_for(20ms);
  }
  drip.request_stop();
  drip.join();
  std::ranges::sort(milliseconds);
  const double p95 = milliseconds[milliseconds.size() * 95 / 100];
  WARN("normal searches: " << milliseconds.size() << ", p50 " << milliseconds[milliseconds.size() / 2]
                           << " ms, p95 " << p95 << " ms");
  if (!kSanitized) CHECK(p95 < 10);
  int cut = 0;
  for (const auto& client : slow) {
    const auto answer = client->receive();
    if (answer && answer->status == 408) ++cut;
  }
  CHECK(cut == 300);
}
