#include "query-server/site.h"

#include <mutex>

#include <boost/json.hpp>

#include "tests/catch.h"
#include "tests/query-server/running_server.h"
#include "tests/query-server/test_client.h"

using namespace carrel;
using namespace carrel::query_server;
using testing::Answered;
using testing::ask;
using testing::get;
using testing::post;
using testing::RunningServer;

namespace {

std::string member(const Answered& answer, const char* name) {
  const auto value = boost::json::parse(answer.body).at(name);
  return value.is_string() ? std::string(value.as_string()) : boost::json::serialize(value);
}

}  // namespace

TEST_CASE("every route answers") {
  RunningServer server;
  struct {
    const char* target;
    const char* type;
  } const rows[] = {
      {"/", "text/html; charset=utf-8"},
      {"/search?q=housing", "text/html; charset=utf-8"},
      {"/resources/reports/a%20b.pdf", "text/html; charset=utf-8"},
      {"/v1/search?q=housing", "application/json"},
      {"/v1/suggest?q=hous", "application/json"},
      {"/v1/resources/reports/a%20b.pdf", "application/json"},
      {"/healthz", "application/json"},
      {"/readyz", "application/json"},
      {"/version", "application/json"},
      {"/carrel.css", "text/css; charset=utf-8"},
      {"/carrel-search.js", "text/javascript; charset=utf-8"},
      {"/carrel-page.js", "text/javascript; charset=utf-8"},
      {"/favicon.ico", "image/svg+xml"},
  };
  for (const auto& row : rows) {
    INFO(row.target);
    const auto answer = get(server.port(), row.target);
    CHECK(answer.status == 200);
    CHECK(answer.field("Content-Type") == row.type);
    CHECK_FALSE(answer.body.empty());
    CHECK(answer.field("Referrer-Policy") == "no-referrer");
    CHECK(answer.field("X-Content-Type-Options") == "nosniff");
    CHECK(answer.field("Content-Security-Policy").find("default-src 'none'") == 0);
    CHECK(answer.field("Set-Cookie").empty());
    CHECK_FALSE(answer.field("Cache-Control").empty());
    const auto head =
        ask(server.port(), "HEAD " + std::string(row.target) + " HTTP/1.1\r\nHost: a\r\n\r\n", true);
    CHECK(head.status == 200);
    CHECK(head.field("Content-Length") == std::to_string(answer.body.size()));
    const auto options =
        ask(server.port(), "OPTIONS " + std::string(row.target) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(options.status == 204);
    CHECK(options.field("Allow").find("GET") == 0);
  }
  CHECK(get(server.port(), "/v1/search?q=a").field("Cache-Control") == "no-store");
  CHECK(ask(server.port(), "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").status == 204);
}

TEST_CASE("a search may be asked by GET, by a form and by JSON") {
  RunningServer server;
  CHECK(get(server.port(), "/v1/search?q=housing&type=report").status == 200);
  CHECK(post(server.port(), "/v1/search", "application/x-www-form-urlencoded", "q=housing&type=report")
            .status == 200);
  CHECK(
      post(server.port(), "/v1/search", "application/json", R"({"q":"housing","type":["report"]})").status ==
      200);
  CHECK(
      post(server.port(), "/search", "application/x-www-form-urlencoded", "q=housing&topic=housing").status ==
      200);
  CHECK(server.library().searches == 2);  // the first three ask the same
}

TEST_CASE("the page speaks the language of the browser, and that of its switch before all") {
  RunningServer server;
  CHECK(get(server.port(), "/", "Accept-Language: es-MX, en;q=0.5\r\n").body.find("<html lang=\"es\"") != std::string::npos);
  CHECK(get(server.port(), "/").body.find("<html lang=\"en\"") != std::string::npos);
  const auto chosen = get(server.port(), "/search?q=a&ui=en", "Accept-Language: es\r\n");
  CHECK(chosen.body.find("<html lang=\"en\"") != std::string::npos);
  CHECK(chosen.field("Vary").find("Accept-Language") != std::string::npos);
  CHECK(get(server.port(), "/nothing", "Accept-Language: es\r\n").body.find("Esta página no existe") != std::string::npos);
  CHECK(get(server.port(), "/nothing?ui=es").body.find("Esta página no existe") != std::string::npos);
  const auto pressed = post(server.port(), "/search", "application/x-www-form-urlencoded", "q=a&ui=en&ui_chosen=es");
  CHECK(pressed.body.find("<html lang=\"es\"") != std::string::npos);
}

TEST_CASE("the language of the page is no filter, and a filter by language does not change the page") {
  RunningServer server;
  const auto pressed = post(server.port(), "/search", "application/x-www-form-urlencoded", "q=a&ui_chosen=es");
  CHECK(pressed.body.find("class=\"chips\"") == std::string::npos);
  const auto filtered = get(server.port(), "/search?q=a&language=es");
  CHECK(filtered.body.find("<html lang=\"en\"") != std::string::npos);
  CHECK(filtered.body.find("class=\"chips\"") != std::string::npos);
  CHECK(get(server.port(), "/search?language=es").body.find("class=\"home\"") == std::string::npos);
}

TEST_CASE("a page whose address holds the words says so, others say that theirs does not") {
  RunningServer server;
  const auto says = [](const Answered& answer, const char* words) { return answer.body.find(words) != std::string::npos; };
  constexpr const char* kSeen = "its words stand in the address";
  constexpr const char* kHidden = "Your words are not put into the address";
  const auto by_link = get(server.port(), "/search?q=housing");
  CHECK(says(by_link, kSeen));
  CHECK_FALSE(says(by_link, kHidden));
  CHECK(says(get(server.port(), "/resources/reports/a%20b.pdf?q=housing"), kSeen));
  for (const char* path : {"/search", "/resources/reports/a%20b.pdf"}) {
    const auto posted = post(server.port(), path, "application/x-www-form-urlencoded", "q=housing");
    CHECK_FALSE(says(posted, kSeen));
    CHECK(says(posted, kHidden));
  }
  CHECK_FALSE(says(get(server.port(), "/resources/reports/a%20b.pdf"), kSeen));
  CHECK(says(get(server.port(), "/"), kHidden));
}

TEST_CASE("the address of a posted search, opened anew, is the start page") {
  RunningServer server;
  CHECK(get(server.port(), "/search").body.find("class=\"home\"") != std::string::npos);
  CHECK(get(server.port(), "/search?ui=es").body.find("class=\"home\"") != std::string::npos);
  CHECK(get(server.port(), "/search?q=").body.find("class=\"home\"") == std::string::npos);
  CHECK(get(server.port(), "/search?topic=housing").body.find("class=\"home\"") == std::string::npos);
}

TEST_CASE("words are found inside a resource, in whatever way they come") {
  RunningServer server;
  const std::string path = "/resources/reports/a%20b.pdf";
  CHECK(get(server.port(), path + "?q=housing").body.find("Places that match “housing”") != std::string::npos);
  const auto posted = post(server.port(), path, "application/x-www-form-urlencoded", "q=housing&topic=x");
  CHECK(posted.body.find("Emergency <mark>housing</mark>") != std::string::npos);
}

TEST_CASE("other sites may take the search box, and check it") {
  RunningServer server;
  const auto script = get(server.port(), "/carrel-search.js");
  CHECK(script.field("Access-Control-Allow-Origin") == "*");
  CHECK(script.field("Cache-Control") == "public, max-age=3600");
  CHECK(script.field("Content-Security-Policy").find("script-src 'self'") != std::string::npos);
}

TEST_CASE("completions may be asked by a form, so that what is typed stands in no address") {
  RunningServer server;
  const auto answer = post(server.port(), "/v1/suggest", "application/x-www-form-urlencoded", "q=hous&limit=3");
  CHECK(answer.status == 200);
  CHECK(answer.body == get(server.port(), "/v1/suggest?q=hous&limit=3").body);
}

TEST_CASE("errors of the API are problems with a hint, those of pages are pages") {
  RunningServer server;
  struct {
    std::string request;
    int status;
  } const rows[] = {
      {"GET /v1/search?tpye=report HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /v1/search?q=% HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /v1/search?limit=51 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /v1/suggest?q=a&limit=0 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /v1/suggest?word=a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /v1/nothing HTTP/1.1\r\nHost: a\r\n\r\n", 404},
      {"GET /v1/resources/%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"DELETE /v1/search HTTP/1.1\r\nHost: a\r\n\r\n", 405},
      {"POST /v1/openapi.json HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 405},
      {"POST /v1/search HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: 3\r\n\r\n<a>", 415},
  };
  for (const auto& row : rows) {
    INFO(row.request);
    const auto answer = ask(server.port(), row.request);
    CHECK(answer.status == row.status);
    CHECK(answer.field("Content-Type") == "application/problem+json");
    CHECK(member(answer, "status") == std::to_string(row.status));
    CHECK_FALSE(member(answer, "title").empty());
    CHECK_FALSE(member(answer, "detail").empty());
    CHECK_FALSE(member(answer, "hint").empty());
  }
  CHECK(get(server.port(), "/nothing").status == 404);
  CHECK(get(server.port(), "/nothing").field("Content-Type") == "text/html; charset=utf-8");
  CHECK(ask(server.port(), "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n").field("Allow") == "GET, HEAD, POST, OPTIONS");
  CHECK(get(server.port(), "/search?q=%").field("Content-Type") == "text/html; charset=utf-8");
}

TEST_CASE("identifiers may hold slashes, and pages follow them") {
  RunningServer server;
  CHECK(member(get(server.port(), "/v1/resources/reports/a%20b.pdf"), "id") == "reports/a b.pdf");
  CHECK(member(get(server.port(), "/v1/resources/reports%2Fa%20b.pdf"), "id") == "reports/a b.pdf");
  CHECK(member(get(server.port(), "/v1/resources/reports/a%20b.pdf/pages/2"), "page") == "2");
  CHECK(member(get(server.port(), "/v1/resources/reports%2Fa%20b.pdf/pages/2"), "page") == "2");
  CHECK(member(get(server.port(), "/v1/resources/reports/odd/pages/3"), "id") == "reports/odd/pages/3");
  CHECK(get(server.port(), "/v1/resources/reports/a%20b.pdf/pages/4").status == 404);
  CHECK(get(server.port(), "/v1/resources/reports/a%20b.pdf/pages/x").status == 404);
  CHECK(get(server.port(), "/v1/resources/unknown").status == 404);
  CHECK(get(server.port(), "/resources/unknown").status == 404);
  CHECK(get(server.port(), "/resources/%ff").status == 404);
}

TEST_CASE("the same request at the same revision has the same tag, and is not made again") {
  RunningServer server;
  const auto first = get(server.port(), "/v1/search?q=a&type=x,y");
  const auto tag = first.field("ETag");
  REQUIRE_FALSE(tag.empty());
  CHECK(get(server.port(), "/v1/search?type=y&type=x&q=a").field("ETag") == tag);
  CHECK(get(server.port(), "/v1/search?q=b").field("ETag") != tag);
  const int searches = server.library().searches;
  const auto again = get(server.port(), "/v1/search?q=a&type=x,y", "If-None-Match: " + tag + "\r\n");
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  CHECK(again.field("ETag") == tag);
  CHECK(server.library().searches == searches);
  server.library().revision = 2;
  const auto newer = get(server.port(), "/v1/search?q=a&type=x,y", "If-None-Match: " + tag + "\r\n");
  CHECK(newer.status == 200);
  CHECK(newer.field("ETag") != tag);
}

TEST_CASE("a full queue is answered 503 with Retry-After, and health is still told") {
  RunningServer server({.workers = 1, .waiting = 1});
  server.library().hold = true;
  testing::TestClient working(server.port());
  working.send("GET /v1/search?q=1 HTTP/1.1\r\nHost: a\r\n\r\n");
  while (server.library().searches < 1) std::this_thread::yield();
  testing::TestClient waiting(server.port());
  waiting.send("GET /v1/search?q=2 HTTP/1.1\r\nHost: a\r\n\r\n");
  Answered busy = get(server.port(), "/v1/search?q=3");
  for (int i = 0; i < 1000 && busy.status == 0; ++i) busy = get(server.port(), "/v1/search?q=3");
  CHECK(busy.status == 503);
  CHECK(busy.field("Retry-After") == "2");
  CHECK(busy.field("Content-Type") == "application/problem+json");
  CHECK(get(server.port(), "/search?q=3").field("Content-Type") == "text/html; charset=utf-8");
  CHECK(get(server.port(), "/healthz").status == 200);
  server.library().hold = false;
  CHECK(working.receive()->status == 200);
  CHECK(waiting.receive()->status == 200);
}

TEST_CASE("a mistake inside is a 500, told by its route only, and the server goes on") {
  std::string told;
  std::mutex mutex;
  SiteOptions options;
  options.on_failure = [&](std::string_view route) {
    const std::lock_guard lock(mutex);
    told.append(route).append(" ");
  };
  RunningServer server(std::move(options));
  server.library().broken = true;
  const auto answer = get(server.port(), "/v1/search?q=canary");
  CHECK(answer.status == 500);
  CHECK(answer.body.find("canary") == std::string::npos);
  CHECK(get(server.port(), "/search?q=canary").status == 500);
  CHECK(told == "/v1/search /search ");
  server.library().broken = false;
  CHECK(get(server.port(), "/v1/search?q=a").status == 200);
}

TEST_CASE("while the index is missing the server says so without its place") {
  RunningServer server;
  server.library().missing = true;
  for (const char* target : {"/v1/search?q=a", "/readyz", "/search?q=a"}) {
    INFO(target);
    const auto answer = get(server.port(), target);
    CHECK(answer.status == 503);
    CHECK_FALSE(answer.field("Retry-After").empty());
    CHECK(answer.body.find("/secret") == std::string::npos);
  }
  CHECK(get(server.port(), "/healthz").status == 200);
  const auto home = get(server.port(), "/");
  CHECK(home.status == 200);
  CHECK(home.body.find("1-888-373-7888") != std::string::npos);
}

TEST_CASE("the style sheet may be kept only at the address that names its content") {
  RunningServer server;
  const auto home = get(server.port(), "/").body;
  const auto begin = home.find("/carrel.css?v=");
  REQUIRE(begin != std::string::npos);
  const auto address = home.substr(begin, home.find('"', begin) - begin);
  CHECK(get(server.port(), address).field("Cache-Control").find("immutable") != std::string::npos);
  CHECK(get(server.port(), "/carrel.css").field("Cache-Control") == "no-cache");
  const auto plain = get(server.port(), "/carrel.css?v=old");
  CHECK(plain.field("Cache-Control") == "no-cache");
  const auto again = get(server.port(), "/carrel.css", "If-None-Match: " + plain.field("ETag") + "\r\n");
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  CHECK(again.field("Vary") == plain.field("Vary"));
}

TEST_CASE("an answer that is not sent again has the fields that tell caches what it depends on") {
  RunningServer server({.settings = {.allowed_origins = {"https://www.example.org"}}});
  const auto answer = get(server.port(), "/v1/search?q=a");
  CHECK(answer.field("Vary") == "Accept-Encoding, Origin");
  const auto again = get(server.port(), "/v1/search?q=a", "If-None-Match: " + answer.field("ETag") + "\r\n");
  CHECK(again.status == 304);
  CHECK(again.field("Vary") == answer.field("Vary"));
  CHECK(get(server.port(), "/v1/search?q=a", "If-None-Match: *\r\n").status == 304);
  CHECK(get(server.port(), "/v1/search?q=a", "If-Match: *\r\n").status == 200);
  CHECK(get(server.port(), "/v1/search?q=a", "If-Match: " + answer.field("ETag") + "\r\n").status == 412);  // it is weak
  CHECK(post(server.port(), "/v1/search", "application/json", "{\"q\": \"a\"}").status == 200);
}

TEST_CASE("a search may be posted to the start page, and anything else there gets that page") {
  RunningServer server;
  const auto found = post(server.port(), "/", "application/x-www-form-urlencoded", "q=housing");
  CHECK(found.status == 200);
  CHECK(found.body == post(server.port(), "/search", "application/x-www-form-urlencoded", "q=housing").body);
  for (const auto& [type, body] : {std::pair{"text/plain", "hello"}, {"application/x-www-form-urlencoded", ""}}) {
    const auto start = post(server.port(), "/", type, body);
    CHECK(start.status == 200);
    CHECK(start.body == get(server.port(), "/").body);
  }
}

TEST_CASE("a body that cannot be read says which can") {
  RunningServer server;
  const auto unknown = post(server.port(), "/v1/search", "text/plain", "q=a");
  CHECK(unknown.status == 415);
  CHECK(unknown.field("Accept") == "application/x-www-form-urlencoded, application/json");
  CHECK(ask(server.port(), "POST /v1/search HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nq=a").status == 415);
  CHECK(post(server.port(), "/v1/search", "application/json;charset=\"UTF-8\"", "{\"q\": \"a\"}").status == 200);
  const auto packed = ask(server.port(),
                          "POST /v1/search HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Encoding: "
                          "gzip\r\nContent-Length: 2\r\n\r\n{}");
  CHECK(packed.status == 415);
  CHECK(packed.field("Accept-Encoding") == "identity");
}

namespace {

schema::Rules some_rules() {
  schema::Rules rules;
  rules.help = {{.id = "danger", .title = {{{"en", "Call 911"}, {"es", "Llame al 911"}}}, .phone = "911", .words = {"emergency"}},
                {.id = "hotline", .title = {{{"en", "Hotline"}}}, .phone = "1-888-373-7888", .always = true}};
  return rules;
}

bool says(const Answered& answer, std::string_view text) {
  return answer.body.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("errors of what searches bring the help that the words call, in the reader's language") {
  RunningServer server;
  server.library().set_rules(some_rules());
  REQUIRE(get(server.port(), "/v1/search?q=a").status == 200);
  const auto fault = get(server.port(), "/v1/search?q=emergency&limit=never");
  CHECK(fault.status == 400);
  CHECK(says(fault, R"("help":[{"id":"danger","title":"Call 911")"));
  CHECK(says(fault, R"({"id":"hotline")"));
  CHECK(says(get(server.port(), "/v1/search?q=emergency&limit=never&ui=es"), "Llame al 911"));
  CHECK_FALSE(says(get(server.port(), "/v1/search?limit=never"), "danger"));
  for (const char* target : {"/v1/facets/topic?limit=x", "/feed.atom?limit=x", "/v1/suggest?limit=x", "/v1/search?q=%ff"}) {
    INFO(target);
    const auto answer = get(server.port(), target);
    CHECK(answer.status == 400);
    CHECK(says(answer, R"({"id":"hotline")"));
  }
  CHECK(says(get(server.port(), "/no/such/page"), "tel:+18883737888"));
  CHECK_FALSE(says(get(server.port(), "/v1/nothing"), "\"help\""));
  server.library().broken = true;
  CHECK(says(get(server.port(), "/v1/search?q=emergency"), R"({"id":"danger")"));
  CHECK(says(get(server.port(), "/search?q=emergency"), "Call 911"));
}

TEST_CASE("help comes while the index is away, from the rules last known") {
  RunningServer server;
  server.library().set_rules(some_rules());
  REQUIRE(get(server.port(), "/v1/search?q=a").status == 200);
  server.library().missing = true;
  const auto answer = get(server.port(), "/v1/search?q=emergency");
  CHECK(answer.status == 503);
  CHECK(says(answer, R"("help":[{"id":"danger")"));
  CHECK(says(get(server.port(), "/search?q=emergency"), "Call 911"));
}

TEST_CASE("help comes when the queue is full") {
  RunningServer server({.workers = 1, .waiting = 1});
  server.library().set_rules(some_rules());
  REQUIRE(get(server.port(), "/v1/search?q=a").status == 200);
  server.library().hold = true;
  const int before = server.library().searches;
  testing::TestClient working(server.port());
  working.send("GET /v1/search?q=1 HTTP/1.1\r\nHost: a\r\n\r\n");
  while (server.library().searches == before) std::this_thread::yield();
  testing::TestClient waiting(server.port());
  waiting.send("GET /v1/search?q=2 HTTP/1.1\r\nHost: a\r\n\r\n");
  testing::TestClient third(server.port());
  Answered busy = get(server.port(), "/v1/search?q=emergency");
  for (int i = 0; i < 1000 && busy.status == 0; ++i) busy = get(server.port(), "/v1/search?q=emergency");
  CHECK(busy.status == 503);
  CHECK(says(busy, R"("help":[{"id":"danger")"));
  const auto page = get(server.port(), "/search?q=emergency");
  CHECK(page.status == 503);
  CHECK(says(page, "Call 911"));
  server.library().hold = false;
}

TEST_CASE("an answer that ran out of time is neither kept nor tagged") {
  RunningServer server;
  server.library().partial = true;
  const auto first = get(server.port(), "/v1/search?q=a");
  CHECK(first.status == 200);
  CHECK(says(first, "\"total_exact\":false"));
  CHECK(first.field("ETag").empty());
  server.library().partial = false;
  const auto second = get(server.port(), "/v1/search?q=a");
  CHECK(says(second, "\"total_exact\":true"));
  CHECK_FALSE(second.field("ETag").empty());
}
