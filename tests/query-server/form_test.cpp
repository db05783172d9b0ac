#include "query-server/form.h"

#include "tests/catch.h"

using namespace carrel::query_server;

namespace {

std::string shown(const Parameters& parameters) {
  std::string text;
  for (const Parameter& parameter : parameters) {
    text += "[" + parameter.name + (parameter.exact ? "!=" : "=") + parameter.value + "]";
  }
  return text;
}

}  // namespace

TEST_CASE("a form is decoded") {
  struct {
    const char* form;
    const char* parameters;
  } const rows[] = {
      {"", ""},
      {"q=housing", "[q=housing]"},
      {"q=forced+labor", "[q=forced labor]"},
      {"q=forced%20labor&type=report", "[q=forced labor][type=report]"},
      {"q=a%26b%3Dc%2B", "[q=a&b=c+]"},
      {"q=a=b", "[q=a=b]"},
      {"q", "[q=]"},
      {"&&q=1&", "[q=1]"},
      {"q=%C3%B1and%C3%BA", "[q=ñandú]"},
      {"a=1&a=2", "[a=1][a=2]"},
  };
  for (const auto& row : rows) {
    INFO(row.form);
    const auto parameters = parse_form(row.form);
    REQUIRE(parameters);
    CHECK(shown(*parameters) == row.parameters);
  }
}

TEST_CASE("a form that is not percent-encoded UTF-8 is refused with a hint") {
  for (const char* form :
       {"q=%", "q=%4", "q=%zz", "%=1", "q=100%", "q=%FF", "q=%C3", "q=%ED%A0%80", "q=\xff"}) {
    INFO(form);
    const auto parameters = parse_form(form);
    REQUIRE_FALSE(parameters);
    CHECK(parameters.error().status == 400);
    CHECK_FALSE(parameters.error().hint.empty());
  }
}

TEST_CASE("a JSON body has the same names as a form") {
  const auto parameters = parse_json_parameters(
      R"({"q": "forced labor", "type": ["report", "fact, sheet"], "limit": 5, "offset": 2.0, "explain": true, "ui": null})");
  REQUIRE(parameters);
  CHECK(shown(*parameters) ==
        "[q=forced labor][type!=report][type!=fact, sheet][limit=5][offset=2][explain=1]");
}

TEST_CASE("what is no JSON object of plain values is refused") {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  for (const std::string& body : {std::string("[]"), std::string("1"), std::string("{"),
                                  std::string(R"({"q": {"a": 1}})"), std::string(R"({"q": [["a"]]})"),
                                  std::string(R"({"q": 1.5})"), std::string("{\"q\": \"\xff\"}"), deep}) {
    INFO(body.substr(0, 40));
    const auto parameters = parse_json_parameters(body);
    REQUIRE_FALSE(parameters);
    CHECK(parameters.error().status == 400);
  }
}

TEST_CASE("the body counts for POST only, and must be a form or JSON") {
  HttpRequest request{.method = "POST",
                      .target = "/v1/search?type=report",
                      .headers = {{"content-type", " application/x-www-form-urlencoded; charset=utf-8"}},
                      .body = "q=a"};
  CHECK(shown(parameters_of(request).value()) == "[type=report][q=a]");
  request.headers = {{"Content-Type", "APPLICATION/JSON"}};
  request.body = R"({"q":"b"})";
  CHECK(shown(parameters_of(request).value()) == "[type=report][q=b]");
  request.headers = {{"Content-Type", "text/plain"}};
  CHECK(parameters_of(request).error().status == 415);
  request.headers.clear();
  CHECK(parameters_of(request).error().status == 415);
  request.body.clear();
  CHECK(parameters_of(request));
}
