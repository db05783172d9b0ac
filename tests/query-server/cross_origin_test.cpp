#include "query-server/cross_origin.h"

#include "tests/catch.h"

using namespace carrel::query_server;

namespace {

HttpRequest from(const char* origin) {
  HttpRequest request{.method = "GET", .target = "/v1/search"};
  if (origin != nullptr) request.headers.push_back({"Origin", origin});
  return request;
}

HttpResponse answered(const HttpRequest& request, const std::vector<std::string>& allowed) {
  HttpResponse response;
  allow_origin(response, request, allowed);
  return response;
}

}  // namespace

TEST_CASE("only pages of allowed origins may read an answer") {
  const std::vector<std::string> allowed = {"https://www.example.org"};
  CHECK(answered(from("https://www.example.org"), allowed).get("Access-Control-Allow-Origin") ==
        "https://www.example.org");
  for (const char* origin : {"https://example.org", "http://www.example.org", "https://www.example.org.evil.test",
                             "https://www.example.org:8443", "null"}) {
    INFO(origin);
    const auto response = answered(from(origin), allowed);
    CHECK(response.get("Access-Control-Allow-Origin").empty());
    CHECK(response.get("Vary") == "Origin");
  }
  CHECK(answered(from(nullptr), allowed).get("Vary") == "Origin");
  CHECK(answered(from("https://www.example.org"), {}).headers.empty());
  const auto open = answered(from("https://anyone.test"), {"*"});
  CHECK(open.get("Access-Control-Allow-Origin") == "*");
  CHECK(open.get("Vary").empty());
  CHECK(open.get("Access-Control-Allow-Credentials").empty());
}

TEST_CASE("a preflight is answered for allowed origins alone") {
  HttpRequest request = from("https://www.example.org");
  request.method = "OPTIONS";
  request.headers.push_back({"Access-Control-Request-Method", "POST"});
  HttpResponse response;
  allow_preflight(response, request, "GET, POST", {"https://www.example.org"});
  CHECK(response.get("Access-Control-Allow-Methods") == "GET, POST");
  CHECK(response.get("Access-Control-Allow-Headers").find("Content-Type") == 0);
  HttpResponse refused;
  allow_preflight(refused, request, "GET, POST", {"https://other.example"});
  CHECK(refused.get("Access-Control-Allow-Methods").empty());
}
