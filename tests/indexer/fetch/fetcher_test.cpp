#include "indexer/fetch/fetcher.h"

#include <algorithm>

#include "indexer/fetch/copy_store.h"
#include "tests/catch.h"
#include "tests/indexer/fetch/web_of_a_test.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using namespace carrel::tests;
using namespace std::chrono_literals;
using carrel::ErrorKind;
using carrel::Result;

namespace fs = std::filesystem;

namespace {

/// A site with a sitemap, and the copies of it.
struct Site {
  WebOfATest web;
  TemporaryFolder folder;
  std::int64_t gone_after = 24 * 3600;
  DeletionLimit deletions;
  std::atomic<bool> stop{false};

  void list(const std::vector<std::string>& targets) {
    std::string xml = "<urlset>";
    for (const std::string& target : targets) xml += "<url><loc>" + web.url(target) + "</loc></url>";
    web.answer("/sitemap.xml", {.body = xml + "</urlset>", .type = "application/xml"});
  }

  Result<RunReport> fetch() {
    const auto silence = make_progress(ProgressStyle::none);
    RunContext context{.progress = *silence, .stop = stop, .note = {}};
    return fetch_documents({.folder = folder / "copies",
                            .lists = {.sitemaps = {web.url("/sitemap.xml")}, .url_lists = {}},
                            .access = {.http = {.user_agent = "Carrel/test",
                                                .most_bytes = 100'000,
                                                .timeout = 5s,
                                                .allow_private = true},
                                       .delay = 0ms},
                            .gone_after_seconds = gone_after,
                            .deletions = deletions},
                           context);
  }

  /// "action reason" of an address.
  std::string became(const RunReport& report, const std::string& target) const {
    const auto row = std::ranges::find(report.rows, web.url(target), &ReportRow::path);
    return row == report.rows.end() ? "none" : row->action + " " + row->reason;
  }

  fs::path copy(const std::string& name) const {
    return folder / ("copies/127.0.0.1_" + std::to_string(web.port()) + "/" + name);
  }
  std::string text(const std::string& name) const {
    std::ifstream in(copy(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

}  // namespace

TEST_CASE("Documents are fetched once, then only asked whether they have changed") {
  Site site;
  std::string tag = "\"1\"";
  std::string body = "first";
  site.web.answer("/a", [&](const WebRequest& request) {
    const auto known = request.fields.find("if-none-match");
    if (known != request.fields.end() && known->second == tag) return WebAnswer{.status = 304};
    return WebAnswer{.body = body, .fields = {"ETag: " + tag}};
  });
  site.web.answer("/b.pdf", {.body = "%PDF", .type = "application/pdf"});
  site.list({"/a", "/b.pdf"});
  const auto first = site.fetch();
  REQUIRE(first);
  CHECK(site.became(*first, "/a") == "added new");
  CHECK(site.text("a.html") == "first");
  CHECK(site.text("b.pdf") == "%PDF");
  const auto written = fs::last_write_time(site.copy("b.pdf"));
  const auto second = site.fetch();
  CHECK(site.became(*second, "/a") == "unchanged not-modified");
  CHECK(site.became(*second, "/b.pdf") == "unchanged same-content");
  CHECK(fs::last_write_time(site.copy("b.pdf")) == written);
  tag = "\"2\"";
  body = "second";
  CHECK(site.became(*site.fetch(), "/a") == "changed changed");
  CHECK(site.text("a.html") == "second");
  CHECK(site.web.count("/a") == 3);
  CHECK(site.web.count("/robots.txt") == 3);
}

TEST_CASE("A failed fetch never takes an earlier copy away") {
  Site site;
  site.web.answer("/a", {.body = "kept", .fields = {"ETag: \"1\""}});
  site.list({"/a"});
  REQUIRE(site.fetch());
  const std::vector<WebAnswer> failures = {
      {.status = 500, .body = "error"},
      {.status = 403, .body = "no"},
      {.status = 200, .body = ""},
      {.status = 200, .body = std::string(200'000, 'x')},
      {.whole = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"},
      {.status = 302, .fields = {"Location: file:///etc/passwd"}},
      {.status = 404},
      {.status = 410},
  };
  for (const WebAnswer& failure : failures) {
    site.web.answer("/a", failure);
    const auto report = site.fetch();
    REQUIRE(report);
    INFO(site.became(*report, "/a"));
    CHECK(report->count("failed") == 1);
    CHECK(site.text("a.html") == "kept");
  }
  // A sitemap that is gone, empty of sense or forbidden takes nothing away either.
  for (const WebAnswer& failure : {WebAnswer{.status = 404}, WebAnswer{.body = "<html></html>"}}) {
    site.web.answer("/sitemap.xml", failure);
    CHECK(site.fetch()->count("failed") == 1);
    CHECK(site.text("a.html") == "kept");
  }
  site.list({"/a"});
  site.web.answer("/robots.txt", {.body = "User-agent: *\nDisallow: /a\n"});
  CHECK(site.became(*site.fetch(), "/a") == "skipped robots");
  CHECK(site.text("a.html") == "kept");
}

TEST_CASE("A document is gone when its site has said so for long enough") {
  Site site;
  site.web.answer("/a", {.body = "a"});
  site.list({"/a"});
  REQUIRE(site.fetch());
  site.web.forget("/a");
  CHECK(site.became(*site.fetch(), "/a") == "failed http-404");
  // It comes back for a moment: the time begins anew.
  site.web.answer("/a", {.body = "a"});
  CHECK(site.became(*site.fetch(), "/a") == "unchanged same-content");
  CHECK(CopyStore::open(site.folder / "copies")->copies().at(site.web.url("/a")).missing_since == 0);
  site.web.forget("/a");
  CHECK(site.became(*site.fetch(), "/a") == "failed http-404");
  site.gone_after = 0;
  CHECK(site.became(*site.fetch(), "/a") == "removed gone");
  CHECK_FALSE(fs::exists(site.copy("a.html")));
}

TEST_CASE("What the sitemap names no more goes, but not all at once") {
  Site site;
  std::vector<std::string> targets;
  for (int i = 0; i < 30; ++i) {
    targets.push_back("/page-" + std::to_string(i));
    site.web.answer(targets.back(), {.body = targets.back()});
  }
  site.list(targets);
  REQUIRE(site.fetch());
  targets.pop_back();
  site.list(targets);
  const auto report = site.fetch();
  CHECK(site.became(*report, "/page-29") == "removed unlisted");
  CHECK_FALSE(fs::exists(site.copy("page-29.html")));
  site.list({"/page-0"});
  const auto refused = site.fetch();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::refused);
  CHECK(fs::exists(site.copy("page-28.html")));
  site.deletions.force = true;
  REQUIRE(site.fetch());
  CHECK_FALSE(fs::exists(site.copy("page-28.html")));
  CHECK(fs::exists(site.copy("page-0.html")));
}

TEST_CASE("What asks to be left out and what is no document is skipped") {
  Site site;
  site.web.answer("/a", {.body = "a"});
  site.web.answer("/p.png", {.body = "png", .type = "image/png"});
  site.web.answer("/other", {.body = "o", .fields = {"X-Robots-Tag: otherbot: noindex"}});
  site.list({"/a", "/p.png", "/other"});
  const auto first = site.fetch();
  CHECK(site.became(*first, "/p.png") == "skipped unsupported-format");
  CHECK(site.became(*first, "/other") == "added new");
  site.web.answer("/a", {.body = "a", .fields = {"X-Robots-Tag: noarchive, NOINDEX"}});
  CHECK(site.became(*site.fetch(), "/a") == "skipped noindex");
  CHECK_FALSE(fs::exists(site.copy("a.html")));
}

TEST_CASE("The charset that a server names is not lost") {
  Site site;
  site.web.answer("/latin", {.body = "<p>\xf1" "and\xfa</p>", .type = "text/html; charset=ISO-8859-1"});
  site.web.answer("/utf", {.body = "<p>ñandú</p>", .type = "text/html; charset=utf-8"});
  site.web.answer("/none", {.body = "<p>nandu</p>", .type = "text/html"});
  site.list({"/latin", "/utf", "/none"});
  REQUIRE(site.fetch());
  CHECK(site.text("latin.html") == "\xef\xbb\xbf<p>ñandú</p>");
  CHECK(site.text("utf.html") == "\xef\xbb\xbf<p>ñandú</p>");
  CHECK(site.text("none.html") == "<p>nandu</p>");
}

TEST_CASE("A run that is asked to stop keeps what it has, and two runs do not meet") {
  Site site;
  site.web.answer("/a", [&](const WebRequest&) {
    site.stop = true;
    return WebAnswer{.body = "a"};
  });
  site.web.answer("/b", {.body = "b"});
  site.list({"/a", "/b"});
  const auto report = site.fetch();
  REQUIRE(report);
  CHECK(report->interrupted);
  CHECK(site.web.count("/b") == 0);
  site.stop = false;
  site.web.answer("/a", [&](const WebRequest&) {
    const auto second = site.fetch();
    CHECK((!second && second.error().kind == ErrorKind::locked));
    return WebAnswer{.body = "a"};
  });
  CHECK(site.became(*site.fetch(), "/b") == "added new");
}
