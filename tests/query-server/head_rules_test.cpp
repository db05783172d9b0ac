#include "query-server/head_rules.h"

#include "tests/catch.h"

using namespace carrel::query_server;

namespace {

/// 0 when the request passes every rule, else the status of the refusal.
int refusal(const std::string& head) {
  const RequestLimits limits;
  if (const auto problem = check_head(head, limits)) return problem->status;
  if (const auto problem = check_fields(parse_head(head), limits)) return problem->status;
  return 0;
}

std::string request(const std::string& line, const std::string& fields) {
  return line + "\r\n" + fields + "\r\n";
}

}  // namespace

TEST_CASE("well-formed heads pass") {
  for (const char* line : {"GET / HTTP/1.1", "HEAD /search?q=a%20b HTTP/1.1", "OPTIONS * HTTP/1.1",
                           "GET http://localhost/ HTTP/1.1", "GET https://localhost?q=a HTTP/1.1",
                           "OPTIONS http://localhost HTTP/1.1", "BREW /pot HTTP/1.1", "GET / HTTP/1.2"}) {
    INFO(line);
    CHECK(refusal(request(line, "Host: localhost\r\n")) == 0);
  }
  CHECK(refusal(request("GET / HTTP/1.0", "")) == 0);
  CHECK(refusal(request("POST / HTTP/1.1", "Host: a\r\nTransfer-Encoding: chunked\r\n")) == 0);
  CHECK(refusal(request("POST / HTTP/1.1", "Host: a\r\nContent-Length: 65536\r\n")) == 0);
  CHECK(refusal(request("GET / HTTP/1.1", "Host: a\r\nX-Name: caf\xc3\xa9\ttab\r\nEmpty:\r\n")) == 0);
}

TEST_CASE("every form of request smuggling is refused") {
  const std::string line = "POST / HTTP/1.1";
  struct {
    std::string fields;
    int status;
  } const rows[] = {
      {"Host: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n", 400},
      {"Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n", 400},
      {"Host: a\r\nContent-Length: 4\r\nContent-Length: 4\r\n", 400},
      {"Host: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n", 400},
      {"Host: a\r\nContent-Length: 4, 4\r\n", 400},
      {"Host: a\r\nContent-Length: +4\r\n", 400},
      {"Host: a\r\nContent-Length: -4\r\n", 400},
      {"Host: a\r\nContent-Length: 0x4\r\n", 400},
      {"Host: a\r\nContent-Length:\r\n", 400},
      {"Host: a\r\nContent-Length: 99999999999999999999999\r\n", 400},
      {"Host: a\r\nContent-Length: 65537\r\n", 413},
      {"Host: a\r\nTransfer-Encoding: identity\r\n", 400},
      {"Host: a\r\nTransfer-Encoding: gzip, chunked\r\n", 400},
      {"Host: a\r\nTransfer-Encoding: xchunked\r\n", 400},
      {"Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400},
      {"Host: a\r\nTransfer-Encoding : chunked\r\n", 400},
      {"Host: a\r\n Transfer-Encoding: chunked\r\n", 400},
      {"Host : a\r\n", 400},
      {"Host: a\r\nX: 1\r\n\tfolded\r\n", 400},
      {"Host: a\r\nno colon\r\n", 400},
      {"Host: a\r\n: empty name\r\n", 400},
      {"Host: a\r\nX: a\rb\r\n", 400},
      {"Host: a\r\nX: a\nY: b\r\n", 400},
      {std::string("Host: a\r\nX: a\0b\r\n", 17), 400},
      {"Host: a\r\nX: a\x01\r\n", 400},
      {"Host: a\r\nExpect: 200-ok\r\n", 417},
  };
  for (const auto& row : rows) {
    INFO(row.fields);
    CHECK(refusal(request(line, row.fields)) == row.status);
  }
  CHECK(refusal(request("POST / HTTP/1.0", "Transfer-Encoding: chunked\r\n")) == 400);
}

TEST_CASE("there is exactly one Host, and it is a host") {
  for (const char* host :
       {"", "a b", "a/b", "a@b", "a:b", "a:123456", "a:65536", "[::1", "[]", "[zz]x", "a\\b", ":80", "<b>"}) {
    INFO(host);
    CHECK(refusal(request("GET / HTTP/1.1", "Host: " + std::string(host) + "\r\n")) == 400);
  }
  for (const char* host :
       {"a", "a.example:80", "127.0.0.1:8080", "[::1]", "[::1]:8080", "a:", "xn--bcher-kva.example"}) {
    INFO(host);
    CHECK(refusal(request("GET / HTTP/1.1", "Host: " + std::string(host) + "\r\n")) == 0);
  }
  CHECK(refusal(request("GET / HTTP/1.1", "")) == 400);
  CHECK(refusal(request("GET / HTTP/1.1", "Host: a\r\nHost: a\r\n")) == 400);
  CHECK(refusal(request("GET / HTTP/1.0", "Host: a\r\nHost: b\r\n")) == 400);
}

TEST_CASE("a request line has three parts and a known version") {
  for (const char* line :
       {"GET /", "GET", "GET  / HTTP/1.1 ", "GET / HTTP/2.0", "GET / HTTP/1.10", "GET / HTTP/1.x", "GET / http/1.1",
        "GET /a b HTTP/1.1", "GET index.html HTTP/1.1", "G(T / HTTP/1.1", " GET / HTTP/1.1",
        "GET ftp://a/ HTTP/1.1", "GET a:80 HTTP/1.1", "CONNECT / HTTP/1.1x", "GET /\xc3\xa9 HTTP/1.1",
        "GET http:// HTTP/1.1", "GET http:///a HTTP/1.1", "GET http://u@a/ HTTP/1.1", "GET http://a:99999/ HTTP/1.1",
        "GET /a#b HTTP/1.1", "GET http://a#b HTTP/1.1", "GET * HTTP/1.1", "HEAD * HTTP/1.1", "GET  HTTP/1.1"}) {
    INFO(line);
    CHECK(refusal(request(line, "Host: a\r\n")) == 400);
  }
  CHECK(refusal(request("CONNECT a:80 HTTP/1.1", "Host: a\r\n")) == 405);
  CHECK(check_head(request("CONNECT a:80 HTTP/1.1", "Host: a\r\n"), {})->headers.front().name == "Allow");
}

TEST_CASE("sizes are bounded") {
  const std::string host = "Host: a\r\n";
  CHECK(refusal(request("GET /" + std::string(8191, 'a') + " HTTP/1.1", host)) == 0);
  CHECK(refusal(request("GET /" + std::string(8192, 'a') + " HTTP/1.1", host)) == 414);
  CHECK(refusal(request("GET / HTTP/1.1", host + "X: " + std::string(8192, 'a') + "\r\n")) == 431);
  std::string many = host;
  for (int i = 0; i < 100; ++i) many += "X: 1\r\n";
  CHECK(refusal(request("GET / HTTP/1.1", many)) == 431);
}

TEST_CASE("a head that is still coming is refused as soon as it cannot become one") {
  const RequestLimits limits;
  CHECK_FALSE(check_partial_head("GET / HT", limits));
  CHECK_FALSE(check_partial_head("GET / HTTP/1.1\r\nHost: a", limits));
  CHECK(check_partial_head("GET /" + std::string(9000, 'a'), limits)->status == 414);
  CHECK(check_partial_head("GET / HTTP/1.1\r\nX: " + std::string(9000, 'a'), limits)->status == 431);
  CHECK(check_partial_head("\x16\x03\x01\x02", limits)->status == 400);
  CHECK(check_partial_head("GET / HTTP/1.1\nHost: a\n\n", limits)->status == 400);
  CHECK(check_partial_head(std::string(100, 'A'), limits)->status == 400);
}

TEST_CASE("an absolute address is brought into origin form") {
  CHECK(parse_head("GET http://a.example/search?q=1 HTTP/1.1\r\n\r\n").target == "/search?q=1");
  CHECK(parse_head("GET HTTP://a.example HTTP/1.1\r\n\r\n").target == "/");
  CHECK(parse_head("GET http://a.example?q=1 HTTP/1.1\r\n\r\n").target == "/?q=1");
  CHECK(parse_head("GET http://a.example:80/ HTTP/1.1\r\nHost: b.example\r\n\r\n").header("Host") == "a.example:80");
  CHECK(parse_head("GET http://a.example/ HTTP/1.1\r\nHost: b c\r\n\r\n").header("Host") == "b c");
  CHECK(parse_head("GET http://a.example/ HTTP/1.1\r\n\r\n").count("Host") == 0);
  CHECK(parse_head("GET / HTTP/1.7\r\n\r\n").minor_version == 1);
  const auto parsed = parse_head("POST /x HTTP/1.0\r\nA: 1 \r\nb:2\r\n\r\n");
  CHECK(parsed.minor_version == 0);
  CHECK(parsed.header("a") == "1");
  CHECK(parsed.header("B") == "2");
}

TEST_CASE("the path of a head is known as far as it came") {
  CHECK(path_of_head("GET /search?q=" + std::string(100, 'a')) == "/search");
  CHECK(path_of_head("GET /v1/search HTTP/1.1\r\nHost: a") == "/v1/search");
  CHECK(path_of_head("GET /sea") == "/sea");
  for (const char* head : {"", "GET", "GET ", "GET *", "GET\r\nHost: /a", "\x16\x03 x"})
    CHECK(path_of_head(head).empty());
}
