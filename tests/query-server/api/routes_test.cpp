#include "query-server/api/routes.h"

#include <boost/json.hpp>

#include "tests/catch.h"
#include "tests/query-server/api/openapi.h"
#include "tests/query-server/running_server.h"
#include "tests/query-server/test_client.h"

using namespace carrel::query_server;
using testing::Answered;
using testing::ask;
using testing::fault_of;
using testing::get;
using testing::post;
using testing::RunningServer;

namespace {

boost::json::value json_of(const Answered& answer) {
  return boost::json::parse(answer.body);
}

constexpr const char* kForm = "application/x-www-form-urlencoded";

}  // namespace

TEST_CASE("every answer of the API is as its description says") {
  RunningServer server;
  struct {
    const char* target;
    int status;
  } const rows[] = {
      {"/v1/search", 200},
      {"/v1/search?q=housing&type=report&facets=type,topic&passages=1&sort=-date&explain=1", 200},
      {"/v1/search?q=nothing", 200},
      {"/v1/search?limit=51", 400},
      {"/v1/search?nonsense=1", 400},
      {"/v1/search?q=%zz", 400},
      {"/v1/suggest?q=hous", 200},
      {"/v1/suggest?q=hous&format=opensearch", 200},
      {"/v1/suggest?q=hous&format=xml", 400},
      {"/v1/resources/reports/a%20b.pdf", 200},
      {"/v1/resources/unknown", 404},
      {"/v1/resources/reports%2Fa%20b.pdf/pages/2", 200},
      {"/v1/resources/reports%2Fa%20b.pdf/pages/9", 404},
      {"/v1/resources/reports%2Fa%20b.pdf/similar", 200},
      {"/v1/resources/reports%2Fa%20b.pdf/similar?limit=0", 400},
      {"/v1/resources/unknown/similar", 404},
      {"/v1/resources/reports%2Fa%20b.pdf/cite", 200},
      {"/v1/resources/reports%2Fa%20b.pdf/cite?format=bibtex&page=2", 200},
      {"/v1/resources/reports%2Fa%20b.pdf/cite?format=csl-json", 200},
      {"/v1/resources/reports%2Fa%20b.pdf/cite?format=endnote", 400},
      {"/v1/resources/reports%2Fa%20b.pdf/cite?page=0", 400},
      {"/v1/resources/reports%2Fa%20b.pdf/cite?page=9", 404},
      {"/v1/facets/topic", 200},
      {"/v1/facets/topic?q=housing&prefix=h&limit=1", 200},
      {"/v1/facets/nonsense", 404},
      {"/v1/facets/topic?limit=0", 400},
      {"/v1/concordance?q=housing&type=report&context=10&limit=3", 200},
      {"/v1/concordance?q=nothing", 200},
      {"/v1/concordance?q=housing&limit=11", 400},
      {"/v1/concordance?q=housing&context=some", 400},
      {"/v1/concordance?q=housing&nonsense=1", 400},
      {"/v1/openapi.json", 200},
      {"/opensearch.xml", 200},
      {"/feed.atom?q=housing", 200},
      {"/feed.atom?sort=sideways", 400},
      {"/api/v2/search/i14y?query=housing&affiliate=a&access_key=b", 200},
      {"/api/v2/search/i14y?query=housing&include_facets=true&enable_highlighting=false", 200},
      {"/healthz", 200},
      {"/readyz", 200},
      {"/version", 200},
  };
  for (const auto& row : rows) {
    INFO(row.target);
    const Answered answer = get(server.port(), row.target);
    INFO(answer.body);
    CHECK(answer.status == row.status);
    CHECK(fault_of(answer, "GET", row.target) == "");
  }
  server.library().missing = true;
  for (const char* target : {"/v1/search?q=a", "/v1/suggest?q=a", "/v1/facets/topic", "/feed.atom", "/readyz",
                             "/api/v2/search/i14y?query=a"}) {
    INFO(target);
    const Answered answer = get(server.port(), target);
    CHECK(answer.status == 503);
    CHECK(fault_of(answer, "GET", target) == "");
  }
}

TEST_CASE("what is asked by POST is answered as described too") {
  RunningServer server;
  for (const char* target : {"/v1/search", "/v1/facets/topic", "/v1/concordance"}) {
    INFO(target);
    CHECK(fault_of(post(server.port(), target, kForm, "q=housing"), "POST", target) == "");
    CHECK(fault_of(post(server.port(), target, "application/json", R"({"q":"housing"})"), "POST", target) == "");
    CHECK(fault_of(post(server.port(), target, "text/xml", "<q/>"), "POST", target) == "");
    CHECK(fault_of(post(server.port(), target, "application/json", "{"), "POST", target) == "");
  }
}

TEST_CASE("suggestions come in the form that browsers take") {
  RunningServer server;
  const Answered answer = get(server.port(), "/v1/suggest?q=hous&format=opensearch");
  CHECK(answer.field("Content-Type") == "application/x-suggestions+json");
  CHECK(answer.body == R"(["hous",["housing","housing"]])");
}

TEST_CASE("the values of a facet can be narrowed by how their words begin") {
  RunningServer server;
  const auto values = [&](const std::string& target) {
    std::string all;
    const auto facet = json_of(get(server.port(), target));
    for (const auto& value : facet.at("values").as_array()) {
      all += std::string(value.at("value").as_string()) + ";";
    }
    return all;
  };
  CHECK(values("/v1/facets/topic") == "housing;legal services;");
  CHECK(values("/v1/facets/topic?prefix=SERV") == "legal services;");
  CHECK(values("/v1/facets/topic?prefix=ervices") == "");
  CHECK(values("/v1/facets/topic?prefix=x&topic=housing") == "housing;");
  CHECK(json_of(get(server.port(), "/v1/facets/topic?limit=1")).at("more").as_int64() == 1);
}

TEST_CASE("a concordance has the occurrences of each hit with as much context as was asked for") {
  RunningServer server;
  const auto made = json_of(get(server.port(), "/v1/concordance?q=housing&context=3"));
  const auto& first = made.at("concordance").at(0);
  CHECK(first.at("id").as_string() == "reports/housing.pdf");
  CHECK(first.at("occurrences").at(0).at("left").as_string() == "lll");
  CHECK(first.at("occurrences").at(0).at("page").as_int64() == 2);
}

TEST_CASE("a search is a feed with the newest first") {
  RunningServer server;
  const Answered answer = get(server.port(), "/feed.atom?q=a%26b");
  CHECK(answer.field("Content-Type") == "application/atom+xml; charset=utf-8");
  CHECK(answer.body.find("<title>Resource library: a&amp;b</title>") != std::string::npos);
  CHECK(answer.body.find("<id>http://localhost/feed.atom?q=a%26b&amp;sort=-added") != std::string::npos);
  CHECK(answer.body.find("<entry>") != std::string::npos);
  CHECK(answer.body.find("<opensearch:totalResults>128</opensearch:totalResults>") != std::string::npos);
}

TEST_CASE("addresses in feeds are those that the operator has named") {
  RunningServer server({.settings = {.public_url = "https://search.example.org"}});
  CHECK(get(server.port(), "/opensearch.xml").body.find("https://search.example.org/search?q={searchTerms}") !=
        std::string::npos);
  CHECK(get(server.port(), "/feed.atom").body.find("<id>https://search.example.org/feed.atom?") != std::string::npos);
}

TEST_CASE("a site of search.gov finds its names again") {
  RunningServer server;
  const auto answer = json_of(get(server.port(), "/api/v2/search/i14y?query=housing&limit=3&include_facets=true"));
  CHECK(answer.at("query").as_string() == "housing");
  CHECK(answer.at("web").at("total").as_int64() == 128);
  CHECK(answer.at("web").at("results").as_array().size() == 3);
  CHECK(answer.at("web").at("spelling_correction").as_string() == "housing");
  const auto& first = answer.at("web").at("results").as_array().front().as_object();
  CHECK(first.at("snippet").as_string().find("\xEE\x80\x80") != boost::json::string::npos);
  CHECK(first.at("thumbnail_url").is_null());
  CHECK(answer.at("web").at("aggregations").as_array().size() == 3);
  CHECK(answer.at("graphic_best_bets").as_array().empty());
  const auto wrong = get(server.port(), "/api/v2/search/i14y?affiliate=a");
  CHECK(wrong.status == 400);
  CHECK(json_of(wrong).at("errors").as_array().size() == 1);
}

TEST_CASE("what a page of another site may read is what the operator allows") {
  RunningServer server({.settings = {.allowed_origins = {"https://www.example.org"}}});
  const std::string origin = "Origin: https://www.example.org\r\n";
  CHECK(get(server.port(), "/v1/search?q=a", origin).field("Access-Control-Allow-Origin") ==
        "https://www.example.org");
  CHECK(get(server.port(), "/v1/search?q=a", "Origin: https://evil.test\r\n").field("Access-Control-Allow-Origin") ==
        "");
  CHECK(get(server.port(), "/search?q=a", origin).field("Access-Control-Allow-Origin") == "");
  const auto preflight = ask(server.port(), "OPTIONS /v1/search HTTP/1.1\r\nHost: a\r\n" + origin +
                                                "Access-Control-Request-Method: POST\r\n\r\n");
  CHECK(preflight.status == 204);
  CHECK(preflight.field("Access-Control-Allow-Methods").find("POST") != std::string::npos);
  server.site().configure({});
  CHECK(get(server.port(), "/v1/search?q=a", origin).field("Access-Control-Allow-Origin") == "");
}

TEST_CASE("an answer of before comes from memory until the revision changes") {
  RunningServer server;
  const auto first = get(server.port(), "/v1/search?q=a&type=x,y");
  CHECK(server.library().searches == 1);
  const auto again = get(server.port(), "/v1/search?type=y&type=x&q=a");
  CHECK(server.library().searches == 1);
  CHECK(again.body == first.body);
  CHECK(again.field("ETag") == first.field("ETag"));
  const auto compressed = get(server.port(), "/v1/search?q=a&type=x,y", "Accept-Encoding: gzip\r\n");
  CHECK(compressed.field("Content-Encoding") == "gzip");
  CHECK(compressed.body.size() < first.body.size());
  CHECK(server.library().searches == 2);
  server.library().revision = 2;
  get(server.port(), "/v1/search?q=a&type=x,y");
  CHECK(server.library().searches == 3);

  const int before = server.library().searches;
  get(server.port(), "/search?q=a");
  post(server.port(), "/search", kForm, "q=a");  // its links differ: words stay out of addresses
  CHECK(server.library().searches == before + 2);
  post(server.port(), "/search", kForm, "q=a");
  CHECK(server.library().searches == before + 2);
}
