#include "indexer/fetch/robots.h"

#include <chrono>

#include "tests/catch.h"

using namespace carrel::indexer;

namespace {

bool allowed(std::string_view robots, std::string_view target, std::string_view product = "Carrel") {
  return RobotsRules::parse(robots, product).allows(target);
}

}  // namespace

TEST_CASE("Without a rule everything is allowed") {
  CHECK(allowed("", "/"));
  CHECK(allowed("User-agent: *\nDisallow:\n", "/a"));
  CHECK(allowed("User-agent: other\nDisallow: /\n", "/a"));
  CHECK(allowed("Disallow: /\n", "/a"));  // in no group
  CHECK(allowed("<html>not found</html>", "/a"));
}

TEST_CASE("The group of this robot counts, that of everybody only without one") {
  constexpr const char* kText =
      "User-agent: *\nDisallow: /\n\nUser-agent: carrel\nDisallow: /private\n\nUser-Agent: "
      "CARREL/2.0\nDisallow: /tmp\n";
  CHECK(allowed(kText, "/a"));
  CHECK_FALSE(allowed(kText, "/private/x"));
  CHECK_FALSE(allowed(kText, "/tmp"));
  CHECK_FALSE(allowed(kText, "/a", "Other"));
  CHECK(allowed("User-agent: carrel\n\nUser-agent: *\nDisallow: /\n", "/a", "carrelot") == false);
  CHECK_FALSE(allowed("User-agent: a\nUser-agent: carrel\nDisallow: /x\n", "/x"));
  CHECK_FALSE(allowed("User-agent: carrel\nSitemap: https://example.org/s.xml\nDisallow: /x\n", "/x"));
  CHECK_FALSE(allowed("\xef\xbb\xbfuser-agent : carrel # us\r\ndisallow : /x # all\r\n", "/x/y"));
  CHECK_FALSE(allowed("User-agent: carrel\rDisallow: /x\r", "/x"));
  // An own group without rules allows all.
  CHECK(allowed("User-agent: carrel\nUser-agent: carrel\n\nUser-agent: *\nDisallow: /\n", "/a") == false);
  CHECK(allowed("User-agent: carrel\nDisallow:\n\nUser-agent: *\nDisallow: /\n", "/a"));
}

TEST_CASE("The longest rule decides, and of two the kinder") {
  constexpr const char* kText =
      "User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\nDisallow: /example/\n";
  CHECK(allowed(kText, "/example/page/a"));
  CHECK_FALSE(allowed(kText, "/example/page/disallowed.gif"));
  CHECK_FALSE(allowed(kText, "/example/"));
  CHECK(allowed(kText, "/other"));
  CHECK(allowed("User-agent: *\nDisallow: /page\nAllow: /page\n", "/page"));
}

TEST_CASE("Wildcards and ends of rules") {
  constexpr const char* kText = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /a*b*c\nDisallow: /q?x=*&y\n";
  CHECK_FALSE(allowed(kText, "/x/y.pdf"));
  CHECK(allowed(kText, "/x/y.pdf?download"));
  CHECK_FALSE(allowed(kText, "/a-b-b-c-d"));
  CHECK(allowed(kText, "/a-c-b"));
  CHECK_FALSE(allowed(kText, "/q?x=1&y"));
  CHECK(allowed(kText, "/qqx=1&y"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: *\n", "/"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /$\n", "/"));
  CHECK(allowed("User-agent: *\nDisallow: /$\n", "/a"));
}

TEST_CASE("Percent-encoded bytes are compared as what they stand for") {
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /foo/bar/ツ\n", "/foo/bar/%E3%83%84"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /foo/bar/%E3%83%84\n", "/foo/bar/%e3%83%84"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /foo/bar/%62%61%7A\n", "/foo/bar/baz"));
  CHECK(allowed("User-agent: *\nDisallow: /a%2Fb\n", "/a/b"));
}

TEST_CASE("robots.txt itself may always be read, and a broken site allows nothing else") {
  CHECK(RobotsRules::forbid_all().allows("/robots.txt"));
  CHECK_FALSE(RobotsRules::forbid_all().allows("/"));
}

TEST_CASE("A delay is read, kept within reason and belongs to its group") {
  CHECK(RobotsRules::parse("User-agent: *\nCrawl-delay: 2.5\n", "Carrel").crawl_delay() == 2.5);
  CHECK(RobotsRules::parse("User-agent: *\nCrawl-delay: 1e9\n", "Carrel").crawl_delay() == 3600);
  CHECK_FALSE(RobotsRules::parse("User-agent: *\nCrawl-delay: soon\n", "Carrel").crawl_delay());
  CHECK_FALSE(RobotsRules::parse("User-agent: *\nCrawl-delay: -1\n", "Carrel").crawl_delay());
  CHECK_FALSE(RobotsRules::parse("User-agent: b\nCrawl-delay: 9\n", "Carrel").crawl_delay());
}

TEST_CASE("Hostile rules cost little time") {
  std::string text = "User-agent: *\nDisallow: /";
  for (int i = 0; i < 1000; ++i) text += "*a";
  text += "$\n";
  const std::string target = "/" + std::string(8000, 'a') + "b";
  const auto begun = std::chrono::steady_clock::now();
  CHECK(allowed(text, target));
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(2));
  CHECK(allowed(std::string(600'000, '#') + "\nUser-agent: *\nDisallow: /\n", "/a"));
}

TEST_CASE("The name of a robot is the first word of its user agent") {
  CHECK(product_token("Carrel/1.2 (+https://example.org)") == "Carrel");
  CHECK(product_token("my_lib-rary") == "my_lib-rary");
  CHECK(product_token("/1").empty());
}
