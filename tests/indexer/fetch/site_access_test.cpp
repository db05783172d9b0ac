#include "indexer/fetch/site_access.h"

#include "tests/catch.h"
#include "tests/indexer/fetch/web_of_a_test.h"

using namespace carrel::indexer;
using namespace carrel::tests;
using namespace std::chrono_literals;

namespace {

const std::atomic<bool> kGoOn{false};

AccessOptions options(std::chrono::milliseconds delay = 0ms) {
  return {.http = {.user_agent = "Carrel/test", .most_bytes = 10'000, .timeout = 5s, .allow_private = true},
          .delay = delay};
}

std::string code(SiteAccess& sites, const std::string& url) {
  const auto answer = sites.get(parse_address(url).value());
  return answer ? std::to_string(answer->http.status) : answer.error().code;
}

}  // namespace

TEST_CASE("robots.txt is read once and obeyed") {
  WebOfATest web;
  web.answer("/robots.txt", {.body = "User-agent: carrel\nDisallow: /private\n", .type = "text/plain"});
  web.answer("/a", {.body = "a"});
  web.answer("/private", {.body = "p"});
  SiteAccess sites(options(), kGoOn);
  CHECK(code(sites, web.url("/a")) == "200");
  CHECK(code(sites, web.url("/private")) == "robots");
  CHECK(code(sites, web.url("/a")) == "200");
  CHECK(web.count("/robots.txt") == 1);
  CHECK(web.count("/private") == 0);
}

TEST_CASE("A site without robots.txt allows everything, a broken one nothing") {
  WebOfATest open;
  open.answer("/a", {.body = "a"});
  WebOfATest broken;
  broken.answer("/robots.txt", {.status = 500});
  broken.answer("/a", {.body = "a"});
  SiteAccess sites(options(), kGoOn);
  CHECK(code(sites, open.url("/a")) == "200");
  CHECK(code(sites, broken.url("/a")) == "robots-unreachable");
  CHECK(broken.count("/a") == 0);
}

TEST_CASE("Every hop of a redirect is an address like the first") {
  WebOfATest web;
  WebOfATest other;
  web.answer("/a", {.status = 301, .fields = {"Location: /b"}});
  web.answer("/b", {.status = 302, .fields = {"Location: " + other.url("/c")}});
  other.answer("/c", {.body = "there"});
  other.answer("/robots.txt", {.body = "User-agent: *\nDisallow: /closed\n"});
  web.answer("/to-closed", {.status = 302, .fields = {"Location: " + other.url("/closed")}});
  web.answer("/to-file", {.status = 302, .fields = {"Location: file:///etc/passwd"}});
  web.answer("/to-nowhere", {.status = 302});
  web.answer("/round", {.status = 302, .fields = {"Location: /round"}});
  SiteAccess sites(options(), kGoOn);
  const auto answer = sites.get(parse_address(web.url("/a")).value());
  REQUIRE(answer);
  CHECK(answer->http.body == "there");
  CHECK(answer->from.url == other.url("/c"));
  CHECK(code(sites, web.url("/to-closed")) == "robots");
  CHECK(other.count("/closed") == 0);
  CHECK(code(sites, web.url("/to-file")) == "redirect");
  CHECK(code(sites, web.url("/to-nowhere")) == "redirect");
  CHECK(code(sites, web.url("/round")) == "redirect");
  CHECK(web.count("/round") == 6);
}

TEST_CASE("Between two requests to a host there is a pause, of the length that the site asks for") {
  WebOfATest web;
  web.answer("/robots.txt", {.body = "User-agent: *\nCrawl-delay: 0.3\n"});
  web.answer("/a", {.body = "a"});
  SiteAccess sites(options(50ms), kGoOn);
  const auto begun = std::chrono::steady_clock::now();
  CHECK(code(sites, web.url("/a")) == "200");
  CHECK(code(sites, web.url("/a")) == "200");
  CHECK(std::chrono::steady_clock::now() - begun >= 600ms);
}

TEST_CASE("A busy site is asked once more when its time has come, else no more") {
  WebOfATest web;
  int asked = 0;
  web.answer("/busy", [&asked](const WebRequest&) {
    return ++asked == 1 ? WebAnswer{.status = 503, .fields = {"Retry-After: 0"}} : WebAnswer{.body = "now"};
  });
  web.answer("/later", {.status = 429, .fields = {"Retry-After: 86400"}});
  web.answer("/a", {.body = "a"});
  SiteAccess sites(options(), kGoOn);
  CHECK(code(sites, web.url("/busy")) == "200");
  CHECK(code(sites, web.url("/later")) == "busy");
  CHECK(code(sites, web.url("/a")) == "host-given-up");
  CHECK(web.count("/a") == 0);
}

TEST_CASE("A host that cannot be reached is given up after three times") {
  AccessOptions hurried = options();
  hurried.obey_robots = false;
  SiteAccess sites(hurried, kGoOn);
  for (int i = 0; i < 3; ++i) CHECK(code(sites, "http://127.0.0.1:1/a") == "unreachable");
  CHECK(code(sites, "http://127.0.0.1:1/a") == "host-given-up");
}

TEST_CASE("A site of a private network is refused with its reason") {
  WebOfATest web;
  AccessOptions strict = options();
  strict.http.allow_private = false;
  SiteAccess sites(strict, kGoOn);
  CHECK(code(sites, web.url("/a")) == "private-address");
  CHECK(web.requests().empty());
}
