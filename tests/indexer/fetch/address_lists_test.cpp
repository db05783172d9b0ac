#include "indexer/fetch/address_lists.h"

#include "tests/catch.h"
#include "tests/indexer/fetch/gzip.h"
#include "tests/indexer/fetch/web_of_a_test.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using namespace carrel::tests;
using namespace std::chrono_literals;

namespace {

const std::atomic<bool> kGoOn{false};

WantedAddresses read(const ListOptions& options) {
  SiteAccess sites(
      {.http = {.user_agent = "Carrel/test", .most_bytes = 1'000'000, .timeout = 5s, .allow_private = true},
       .delay = 0ms},
      kGoOn);
  return read_lists(options, sites);
}

std::string urlset(const std::vector<std::string>& urls) {
  std::string xml = "<urlset>";
  for (const std::string& url : urls) xml += "<url><loc>" + url + "</loc></url>";
  return xml + "</urlset>";
}

std::vector<std::string> urls(const WantedAddresses& wanted) {
  std::vector<std::string> all;
  for (const WebAddress& one : wanted.addresses) all.push_back(one.url);
  return all;
}

}  // namespace

TEST_CASE("An index of sitemaps is followed, packed ones too, each once") {
  WebOfATest web;
  web.answer("/index.xml", {.body = "<sitemapindex><sitemap><loc>" + web.url("/1.xml.gz") +
                                    "</loc></sitemap><sitemap><loc>" + web.url("/2.xml") +
                                    "</loc></sitemap><sitemap><loc>" + web.url("/index.xml") +
                                    "</loc></sitemap></sitemapindex>"});
  web.answer("/1.xml.gz", {.body = gzip(urlset({web.url("/a"), web.url("/b")})), .type = "application/gzip"});
  web.answer("/2.xml", {.body = urlset({web.url("/b"), web.url("/c#part")})});
  const auto wanted = read({.sitemaps = {web.url("/index.xml")}, .url_lists = {}});
  CHECK(urls(wanted) == std::vector{web.url("/a"), web.url("/b"), web.url("/c")});
  CHECK(wanted.complete == std::vector{web.url("/index.xml")});
  CHECK(wanted.problems.empty());
  CHECK(web.count("/index.xml") == 1);
}

TEST_CASE("A sitemap speaks for its own host, a list for any") {
  const TemporaryFolder folder;
  WebOfATest web;
  web.answer("/s.xml", {.body = urlset({web.url("/a"), "https://elsewhere.example/b", "ftp://x/"})});
  const auto wanted = read({.sitemaps = {web.url("/s.xml")}, .url_lists = {}});
  CHECK(urls(wanted) == std::vector{web.url("/a")});
  REQUIRE(wanted.problems.size() == 2);
  CHECK(wanted.problems[0].code == "other-host");
  CHECK(wanted.problems[1].code == "bad-address");
  const auto list = folder.write("urls.txt", "https://elsewhere.example/b\n");
  const auto file = folder.write("s.xml", urlset({"https://third.example/c"}));
  CHECK(urls(read({.sitemaps = {file.string()}, .url_lists = {list}})) ==
        std::vector<std::string>{"https://elsewhere.example/b", "https://third.example/c"});
}

TEST_CASE("A list that cannot be read whole is not complete") {
  WebOfATest web;
  web.answer("/index.xml", {.body = "<sitemapindex><sitemap><loc>" + web.url("/gone.xml") +
                                    "</loc></sitemap><sitemap><loc>" + web.url("/2.xml") +
                                    "</loc></sitemap></sitemapindex>"});
  web.answer("/2.xml", {.body = urlset({web.url("/c")})});
  web.answer("/html", {.body = "<html>moved</html>"});
  const auto wanted = read(
      {.sitemaps = {web.url("/index.xml"), web.url("/html"), "/nowhere.xml"}, .url_lists = {"/no/list"}});
  CHECK(urls(wanted) == std::vector{web.url("/c")});
  CHECK(wanted.complete.empty());
  CHECK(wanted.problems.size() == 4);
  for (const ListProblem& problem : wanted.problems) CHECK(problem.of_a_list);
}

TEST_CASE("What is beyond the number of a run is counted") {
  const TemporaryFolder folder;
  const auto list =
      folder.write("urls.txt", "https://a.example/1\nhttps://a.example/2\nhttps://a.example/3\n");
  const auto wanted = read({.sitemaps = {}, .url_lists = {list}, .most_documents = 2});
  CHECK(wanted.addresses.size() == 2);
  CHECK(wanted.left_over == 1);
  CHECK(wanted.complete.empty());
}
