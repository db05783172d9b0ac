#include "query-server/http_server.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/catch.h"
#include "tests/query-server/running_server.h"
#include "tests/query-server/test_client.h"
#include "tests/temporary_folder.h"

using namespace carrel::query_server;
using namespace std::chrono_literals;
using namespace std::string_literals;
using testing::ask;
using testing::get;
using testing::RunningServer;
using testing::TestClient;

namespace {

constexpr const char* kHealth = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";

}  // namespace

TEST_CASE("requests that break a rule are answered and the connection is closed") {
  RunningServer server;
  const std::string host = "Host: a\r\n";
  struct {
    std::string bytes;
    int status;
  } const rows[] = {
      {"GET /v1/search?q=" + std::string(9000, 'a') + " HTTP/1.1\r\n" + host + "\r\n", 414},
      {"GET /v1/search?q=" + std::string(100'000, 'a'), 414},
      {"GET / HTTP/1.1\r\n" + host + "X: " + std::string(60'000, 'a') + "\r\n\r\n", 431},
      {"POST /v1/search HTTP/1.1\r\n" + host + "Content-Length: 1000000\r\n\r\n" +
           std::string(1'000'000, 'a'),
       413},
      {"POST /v1/search HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n11000\r\n" +
           std::string(0x11000, 'a') + "\r\n0\r\n\r\n",
       413},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},
      {"GET / HTTP/1.1\nHost: a\n\n", 400},
      {"POST /v1/search HTTP/1.1\r\n" + host + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nq=a",
       400},
      {"POST /v1/search HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nq=a", 400},
      {"POST /v1/search HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\nq=a\r\n0\r\n\r\n",
       400},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
      {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400},
      {std::string("GET /\0 HTTP/1.1\r\n\r\n", 20), 400},
  };
  for (const auto& row : rows) {
    INFO(row.bytes.substr(0, 80));
    TestClient client(server.port());
    client.send(row.bytes);
    const auto answer = client.receive();
    REQUIRE(answer);
    CHECK(answer->status == row.status);
    CHECK(answer->field("Connection") == "close");
    CHECK(answer->field("Cache-Control") == "no-store");
    CHECK(client.is_closed_by_server());
  }
  CHECK(get(server.port(), "/healthz").status == 200);
  const std::string long_search = "/search?q=" + std::string(9000, 'a');
  CHECK(get(server.port(), long_search).field("Content-Type") == "text/html; charset=utf-8");
  CHECK(get(server.port(), "/v1" + long_search).field("Content-Type") == "application/problem+json");
}

TEST_CASE("one connection serves many requests, in order") {
  RunningServer server;
  TestClient client(server.port());
  for (int i = 0; i < 3; ++i) {
    client.send(kHealth);
    const auto answer = client.receive();
    REQUIRE(answer);
    CHECK(answer->status == 200);
    CHECK(answer->field("Connection") == "keep-alive");
    CHECK_FALSE(answer->field("Date").empty());
  }
  client.send(
      "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /nothing HTTP/1.1\r\nHost: a\r\n\r\n"
      "POST /v1/search HTTP/1.1\r\nHost: a\r\nContent-Type: "
      "application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\nq=a"
      "GET /version HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  CHECK(client.receive()->status == 200);
  CHECK(client.receive()->status == 404);
  CHECK(client.receive()->status == 200);
  CHECK(client.receive()->field("Connection") == "close");
  CHECK(client.is_closed_by_server());
}

TEST_CASE("a request may arrive byte by byte, and a body in chunks") {
  RunningServer server;
  TestClient client(server.port());
  for (const char c : std::string_view(kHealth)) client.send({&c, 1});
  CHECK(client.receive()->status == 200);
  client.send(
      "\r\nPOST /v1/search HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: "
      "chunked\r\n\r\n");
  client.send("6\r\n{\"q\":\"\r\n");
  client.send("3;extension=1\r\na\"}\r\n0\r\nTrailer: x\r\n\r\n");
  CHECK(client.receive()->status == 200);
  client.send(
      "POST /v1/search HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: "
      "100-continue\r\n\r\n");
  CHECK(client.receive()->status == 100);
  client.send("{}");
  CHECK(client.receive()->status == 200);
}

TEST_CASE("a body in chunks that are not framed to the letter is refused") {
  RunningServer server;
  const std::string head =
      "POST /v1/search HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
      "Transfer-Encoding: chunked\r\n\r\n";
  const std::string end = "\r\nq=a\r\n0\r\n\r\n";
  for (const std::string& chunks :
       {"3\nq=a\r\n0\r\n\r\n"s, "3\rq=a\r\n0\r\n\r\n"s, "3\r\nq=a\n0\r\n\r\n"s, "3\r\nq=a0\r\n\r\n"s,
        "3\r\nq=ab\r\n0\r\n\r\n"s, "3\r\nq=a\r\n0\r\n\n"s, "3\r\nq=a\r\n0\n\n"s, "3\r\nq=a\r\n0\r\nX: y\n\r\n"s,
        "3\r\nq=a\r\n0\r\nno colon\r\n\r\n"s, "3\r\nq=a\r\n0\r\nContent-Length: 5\r\n\r\n"s, "+3" + end, "-3" + end,
        "0x3" + end, " 3" + end, "3;a\nb" + end, "3;a\rb" + end, "3;a\0b"s + end, "" + end, "1_0" + end,
        "10000000000000003" + end}) {
    INFO(chunks);
    TestClient client(server.port());
    client.send(head + chunks);
    const auto answer = client.receive();
    REQUIRE(answer);
    CHECK(answer->status == 400);
    CHECK(client.is_closed_by_server());
  }
  for (const std::string& chunks :
       {"3" + end, "0003" + end, "3;a=b;c=\"d;e\"" + end, "1\r\nq\r\n2\r\n=a\r\n0\r\nX-Sum: 1\r\nHost: b\r\n\r\n"s, "0\r\n\r\n"s}) {
    INFO(chunks);
    TestClient client(server.port());
    client.send(head + chunks + kHealth);
    CHECK(client.receive()->status == 200);
    CHECK(client.receive()->status == 200);
  }
  TestClient padding(server.port());
  padding.send(head);
  for (int i = 0; i < 300; ++i) padding.send("1;" + std::string(1000, 'a') + "\r\nq\r\n");
  CHECK(padding.receive()->status == 413);
}

TEST_CASE("what comes after a body is the next request, whatever the method") {
  RunningServer server;
  for (const char* method : {"GET", "HEAD", "OPTIONS", "DELETE"}) {
    INFO(method);
    const bool head = std::string_view(method) == "HEAD";
    TestClient client(server.port());
    client.send(std::string(method) + " /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 26\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n" +
                kHealth);
    CHECK(client.receive(head)->status < 410);
    CHECK(client.receive()->body.find("ok") != std::string::npos);
  }
}

TEST_CASE("a wish for 100 is granted only where a body is still to come and HTTP has it") {
  RunningServer server;
  const std::string fields =
      "Host: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
  TestClient old(server.port());
  old.send("POST /v1/search HTTP/1.0\r\n" + fields);
  old.send("{}");
  CHECK(old.receive()->status == 200);
  TestClient eager(server.port());
  eager.send("POST /v1/search HTTP/1.1\r\n" + fields + "{}");
  CHECK(eager.receive()->status == 200);
  CHECK(get(server.port(), "/healthz", "Expect: 100-continue\r\n").status == 200);
  CHECK(get(server.port(), "/healthz", "Expect: 200-ok\r\n").status == 417);
}

TEST_CASE("an answer to HEAD has no body, a refusal neither") {
  RunningServer server;
  for (const char* rest : {"/ HTTP/1.1\r\nHost: a\r\n\r\n", "/nothing HTTP/1.1\r\nHost: a\r\n\r\n", "/ HTTP/1.1\r\n\r\n",
                           "/ HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", "/ HTTP/9.9\r\n\r\n"}) {
    INFO(rest);
    TestClient client(server.port());
    client.send("HEAD " + std::string(rest));
    client.end_sending();
    REQUIRE(client.receive(true));
    CHECK(client.is_closed_by_server());
  }
}

TEST_CASE("requests that a server of documents does not serve are refused by their kind") {
  RunningServer server;
  const std::string host = " HTTP/1.1\r\nHost: a\r\n\r\n";
  for (const char* line : {"TRACE /", "CONNECT a:443", "PUT /search", "BREW /", "get /"}) {
    INFO(line);
    const auto answer = ask(server.port(), line + host);
    CHECK(answer.status == 405);
    CHECK(answer.field("Allow").find("GET, HEAD") == 0);
  }
  const auto all = ask(server.port(), "OPTIONS *" + host);
  CHECK(all.status == 204);
  CHECK(all.field("Allow") == "GET, HEAD, POST, OPTIONS");
  CHECK(all.head.find("Content-Length") == std::string::npos);
  CHECK(get(server.port(), "/healthz", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n").status == 200);
  for (const char* target : {"//healthz", "/healthz/", "/%68ealthz", "/../healthz", "/healthz%00", "/v1/search%zz"}) {
    INFO(target);
    CHECK(get(server.port(), target).status == 404);
  }
}

TEST_CASE("HTTP/1.0 closes unless the client asks otherwise") {
  RunningServer server;
  TestClient closing(server.port());
  closing.send("GET /healthz HTTP/1.0\r\n\r\n");
  CHECK(closing.receive()->field("Connection") == "close");
  CHECK(closing.is_closed_by_server());
  TestClient keeping(server.port());
  keeping.send("GET /healthz HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
  CHECK(keeping.receive()->field("Connection") == "keep-alive");
}

TEST_CASE("a slow client is answered 408 when its time is over, however it drips") {
  RunningServer server({}, {.limits = {.request_deadline = 300ms, .idle = 200ms}});
  TestClient dripping(server.port());
  const auto begin = std::chrono::steady_clock::now();
  dripping.send("GET /healthz HTTP/1.1\r\n");
  std::thread drip([&] {
    for (int i = 0; i < 20; ++i) {
      std::this_thread::sleep_for(50ms);
      dripping.send("X: 1\r\n");
    }
  });
  const auto answer = dripping.receive();
  const auto taken = std::chrono::steady_clock::now() - begin;
  drip.join();
  REQUIRE(answer);
  CHECK(answer->status == 408);
  CHECK(taken > 250ms);
  CHECK(taken < 900ms);

  TestClient body(server.port());
  body.send("POST /v1/search HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
  CHECK(body.receive()->status == 408);

  TestClient idle(server.port());
  CHECK(idle.is_closed_by_server());
}

TEST_CASE("clients beyond the limit are turned away with 503, and served once there is room") {
  RunningServer server({}, {.limits = {.connections = 2}});
  {
    TestClient first(server.port());
    TestClient second(server.port());
    first.send(kHealth);
    second.send(kHealth);
    REQUIRE(first.receive());
    REQUIRE(second.receive());
    TestClient third(server.port());
    const auto answer = third.receive();
    REQUIRE(answer);
    CHECK(answer->status == 503);
    CHECK(answer->field("Retry-After") == "2");
  }
  int status = 503;
  for (int i = 0; i < 100 && status == 503; ++i) {
    std::this_thread::sleep_for(10ms);
    status = get(server.port(), "/healthz").status;
  }
  CHECK(status == 200);
}

TEST_CASE("stopping lets a search finish, closes what is idle and refuses what is new") {
  RunningServer server;
  TestClient idle(server.port());
  idle.send(kHealth);
  REQUIRE(idle.receive());
  server.library().hold = true;
  TestClient searching(server.port());
  searching.send("GET /v1/search?q=a HTTP/1.1\r\nHost: a\r\n\r\n");
  while (server.library().searches < 1) std::this_thread::yield();
  server.begin_to_stop();
  CHECK(idle.is_closed_by_server());
  CHECK_THROWS(TestClient(server.port()));
  server.library().hold = false;
  const auto answer = searching.receive();
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->field("Connection") == "close");
  server.stop();
}

TEST_CASE("a client that leaves before its answer harms nobody") {
  RunningServer server;
  server.library().hold = true;
  for (int i = 0; i < 10; ++i) {
    TestClient leaving(server.port());
    leaving.send("GET /v1/search?q=a HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  server.library().hold = false;
  CHECK(get(server.port(), "/v1/search?q=b").status == 200);
}

TEST_CASE("one address may not hold all connections") {
  RunningServer server({}, {.limits = {.connections_per_address = 2, .loopback_too = true}});
  {
    TestClient first(server.port());
    TestClient second(server.port());
    first.send(kHealth);
    second.send(kHealth);
    REQUIRE(first.receive());
    REQUIRE(second.receive());
    TestClient third(server.port());
    const auto answer = third.receive();
    REQUIRE(answer);
    CHECK(answer->status == 429);
    CHECK_FALSE(answer->field("Retry-After").empty());
    CHECK(answer->field("Content-Type") == "application/problem+json");
  }
  int status = 429;
  for (int i = 0; i < 100 && status == 429; ++i) {
    std::this_thread::sleep_for(10ms);
    status = get(server.port(), "/healthz").status;
  }
  CHECK(status == 200);
}

TEST_CASE("limits that change while the server runs hold for what comes then") {
  RunningServer server;
  CHECK(get(server.port(), "/healthz?" + std::string(2000, 'a')).status == 200);
  ConnectionLimits narrow;
  narrow.request.target = 1024;
  server.http().set_limits(narrow);
  int status = 200;
  for (int i = 0; i < 100 && status == 200; ++i) {
    std::this_thread::sleep_for(5ms);
    status = get(server.port(), "/healthz?" + std::string(2000, 'a')).status;
  }
  CHECK(status == 414);
}

TEST_CASE("what was answered is told by route, status and size, and nothing else") {
  std::mutex mutex;
  std::vector<std::string> told;
  ServerOptions options;
  options.on_served = [&](const ServedRequest& served) {
    const std::lock_guard lock(mutex);
    told.push_back(std::string(served.route) + " " + std::to_string(served.status));
    CHECK(served.bytes > 0);
    CHECK(served.seconds >= 0);
  };
  RunningServer server({}, std::move(options));
  get(server.port(), "/v1/search?q=canary");
  get(server.port(), "/v1/resources/reports/canary.pdf");
  get(server.port(), "/canary");
  ask(server.port(), "GET /canary HTTP/9.9\r\n\r\n");
  server.stop();
  CHECK(told == std::vector<std::string>{"/v1/search 200", "/v1/resources/ 404", "none 404", " 400"});
}

TEST_CASE("a Unix socket serves like a port, and its file goes with the server") {
  const carrel::tests::TemporaryFolder folder;
  const std::string path = (folder.path() / "carrel.sock").string();
  ServerOptions options;
  options.listen = {ListenAddress{.port = 0}, ListenAddress{.host = {}, .port = 0, .path = path}};
  {
    RunningServer server({}, options);
    TestClient client(path);
    client.send(kHealth);
    const auto answer = client.receive();
    REQUIRE(answer);
    CHECK(answer->status == 200);
    CHECK(get(server.port(), "/healthz").status == 200);
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a heartbeat goes on while the server does") {
  std::atomic<int> beats{0};
  ServerOptions options;
  options.heartbeat = {5ms, [&beats] { ++beats; }};
  RunningServer server({}, std::move(options));
  for (int i = 0; i < 400 && beats < 3; ++i) std::this_thread::sleep_for(5ms);
  CHECK(beats >= 3);
  server.stop();
  const int at_the_end = beats;
  std::this_thread::sleep_for(30ms);
  CHECK(beats == at_the_end);
}
