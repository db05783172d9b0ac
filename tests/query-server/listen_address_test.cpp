#include "query-server/listen_address.h"

#include "tests/catch.h"

using namespace carrel;
using namespace carrel::query_server;

TEST_CASE("an address to listen on is a host and a port") {
  struct {
    const char* text;
    const char* host;
    int port;
  } const rows[] = {
      {"127.0.0.1:8080", "127.0.0.1", 8080}, {"[::1]:0", "::1", 0}, {"localhost:65535", "localhost", 65535}};
  for (const auto& row : rows) {
    INFO(row.text);
    const auto address = parse_listen_address(row.text);
    REQUIRE(address);
    CHECK(address->host == row.host);
    CHECK(address->port == row.port);
  }
}

TEST_CASE("what is no address to listen on is refused with a hint") {
  for (const char* text : {"8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:65536",
                           "127.0.0.1:-1", "::1:80", "[::1:80", "[]:80", "a:80x", "", "unix:", "unix:relative.sock"}) {
    INFO(text);
    const auto address = parse_listen_address(text);
    REQUIRE_FALSE(address);
    CHECK(address.error().kind == ErrorKind::usage);
    CHECK(address.error().hint.find("HOST:PORT") != std::string::npos);
  }
}

TEST_CASE("a Unix socket is named by its path") {
  const auto address = parse_listen_address("unix:/run/carrel/http.sock");
  REQUIRE(address);
  CHECK(address->path == "/run/carrel/http.sock");
  CHECK(to_text(*address) == "unix:/run/carrel/http.sock");
  const auto too_long = parse_listen_address("unix:/" + std::string(200, 'a'));
  REQUIRE_FALSE(too_long);
  CHECK(too_long.error().hint.find("107") != std::string::npos);
}

TEST_CASE("addresses read as one would open them") {
  CHECK(to_text({.host = "127.0.0.1", .port = 8080}) == "http://127.0.0.1:8080/");
  CHECK(to_text({.host = "::1", .port = 80}) == "http://[::1]:80/");
}
