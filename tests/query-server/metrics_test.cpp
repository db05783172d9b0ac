#include "query-server/metrics.h"

#include <ctime>
#include <string>

#include "tests/catch.h"
#include "tests/query-server/running_server.h"
#include "tests/query-server/test_client.h"

using namespace carrel::query_server;
using testing::get;
using testing::RunningServer;

namespace {

bool has_line(const std::string& text, const std::string& line) {
  return text.find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

TEST_CASE("answers are counted by route and status, with their times") {
  Metrics metrics;
  metrics.count({.route = "/v1/search", .status = 200, .bytes = 100, .seconds = 0.0015});
  metrics.count({.route = "/v1/search", .status = 200, .bytes = 50, .seconds = 3});
  metrics.count({.route = {}, .status = 414, .bytes = 10, .seconds = 0});
  metrics.count_search(0);
  metrics.count_search(7);
  metrics.count_refused_search();
  const std::string text = metrics.text({.connections = 3, .waiting_searches = 2, .cached_bytes = 5});
  CHECK(has_line(text, R"(carrel_requests_total{route="/v1/search",status="200"} 2)"));
  CHECK(has_line(text, R"(carrel_requests_total{route="refused",status="414"} 1)"));
  CHECK(has_line(text, R"(carrel_request_seconds_bucket{route="/v1/search",le="0.002"} 1)"));
  CHECK(has_line(text, R"(carrel_request_seconds_bucket{route="/v1/search",le="+Inf"} 2)"));
  CHECK(has_line(text, "carrel_sent_bytes_total 160"));
  CHECK(has_line(text, "carrel_searches_total 2"));
  CHECK(has_line(text, "carrel_searches_without_hits_total 1"));
  CHECK(has_line(text, "carrel_searches_refused_total 1"));
  CHECK(has_line(text, "carrel_connections 3"));
  CHECK(has_line(text, "carrel_searches_waiting 2"));
}

TEST_CASE("the newest revision is the one that is told") {
  Metrics metrics;
  metrics.see({"aaaa-1", 10});
  metrics.see({"aaaa-2", 12});
  const std::string text = metrics.text({});
  CHECK(has_line(text, R"(carrel_index_info{revision="aaaa-2"} 1)"));
  CHECK(text.find("aaaa-1") == std::string::npos);
  CHECK(has_line(text, "carrel_index_resources 12"));
}

TEST_CASE("an index is as old as its last commit, however lately the server began") {
  Metrics metrics;
  metrics.see({.revision = "aaaa-1", .resources = 10, .committed = std::time(nullptr) - 86'400});
  const std::string text = metrics.text({});
  const auto at = text.find("\ncarrel_index_age_seconds ");
  REQUIRE(at != std::string::npos);
  CHECK(std::stod(text.substr(at + 26)) >= 86'400);
  CHECK(std::stod(text.substr(at + 26)) < 86'500);
}

TEST_CASE("the index is told before anybody has searched, and a new one when somebody asks whether the server is ready") {
  RunningServer server;
  CHECK(has_line(get(server.port(), "/metrics").body, R"(carrel_index_info{revision="1"} 1)"));
  server.library().revision = 2;
  get(server.port(), "/readyz");
  CHECK(has_line(get(server.port(), "/metrics").body, R"(carrel_index_info{revision="2"} 1)"));
}

TEST_CASE("searches count with what they found, also when the answer comes from memory") {
  RunningServer server;
  for (int i = 0; i < 3; ++i) {
    get(server.port(), "/v1/search?q=nothing");
    get(server.port(), "/search?q=nothing");
    get(server.port(), "/api/v2/search/i14y?query=housing");
  }
  const std::string text = get(server.port(), "/metrics").body;
  CHECK(has_line(text, "carrel_searches_total 9"));
  CHECK(has_line(text, "carrel_searches_without_hits_total 6"));
}

TEST_CASE("metrics stand beside the other routes or on a listener of their own") {
  RunningServer here;
  get(here.port(), "/v1/search?q=canary");
  const auto answer = get(here.port(), "/metrics");
  CHECK(answer.status == 200);
  CHECK(answer.field("Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
  CHECK(answer.body.find("carrel_searches_total 1") != std::string::npos);
  CHECK(answer.body.find("canary") == std::string::npos);

  RunningServer apart({.metrics_here = false});
  CHECK(get(apart.port(), "/metrics").status == 404);
  MetricsHandler handler(apart.site().metrics(), [&] { return apart.site().gauges(); });
  HttpServer server({.listen = {ListenAddress{.port = 0}}}, handler);
  const auto port = server.listen();
  REQUIRE(port);
  std::jthread thread([&] { server.run(); });
  CHECK(get(port->front().port, "/metrics").status == 200);
  CHECK(get(port->front().port, "/v1/search").status == 404);
  server.stop();
}
