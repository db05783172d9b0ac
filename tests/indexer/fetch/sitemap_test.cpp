#include "indexer/fetch/sitemap.h"

#include "tests/catch.h"
#include "tests/indexer/fetch/gzip.h"

using namespace carrel::indexer;
using carrel::ErrorKind;
using carrel::tests::gzip;

namespace {

using Addresses = std::vector<std::string>;

constexpr const char* kPages =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
    "xmlns:image=\"http://example.org/image\">\n"
    "<url><loc> https://example.org/a?x=1&amp;y=2 </loc><lastmod>2020-01-01</lastmod>\n"
    "<image:image><image:loc>https://example.org/a.png</image:loc></image:image></url>\n"
    "<url><loc><![CDATA[https://example.org/b]]></loc></url>\n"
    "<url><loc>https://example.org/b</loc></url><url><loc></loc></url></urlset>";

}  // namespace

TEST_CASE("A sitemap names pages, an index names sitemaps") {
  const auto pages = read_sitemap(kPages, "s");
  REQUIRE(pages);
  CHECK(pages->pages == Addresses{"https://example.org/a?x=1&y=2", "https://example.org/b"});
  CHECK(pages->sitemaps.empty());
  const auto index = read_sitemap(
      "<sitemapindex><sitemap><loc>https://example.org/1.xml</loc></sitemap></sitemapindex>", "s");
  REQUIRE(index);
  CHECK(index->pages.empty());
  CHECK(index->sitemaps == Addresses{"https://example.org/1.xml"});
}

TEST_CASE("A sitemap may be packed, or plain text") {
  CHECK(read_sitemap(gzip(kPages), "s")->pages.size() == 2);
  CHECK(read_sitemap("https://example.org/a\r\nhttps://example.org/b\n", "s")->pages ==
        Addresses{"https://example.org/a", "https://example.org/b"});
}

TEST_CASE("What is no sitemap is refused as a whole") {
  for (const char* bytes : {"", "<html><body>Not found</body></html>", "hello", "{}", "<urlset><url>",
                            "<urlset><url><loc>https://example.org/a</loc></url>"}) {
    INFO(bytes);
    const auto read = read_sitemap(bytes, "the.xml");
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == ErrorKind::damaged);
    CHECK(read.error().message.find("the.xml") != std::string::npos);
  }
  CHECK_FALSE(read_sitemap(gzip(std::string(70'000'000, ' ')), "bomb"));
  CHECK_FALSE(read_sitemap(gzip(kPages).substr(0, 60), "cut"));
}

TEST_CASE("Entities are not expanded and files not read") {
  const auto read = read_sitemap(
      "<!DOCTYPE urlset [<!ENTITY x SYSTEM "
      "\"file:///etc/passwd\">]><urlset><url><loc>&x;</loc></url></urlset>",
      "s");
  CHECK((!read || read->pages.empty()));
}

TEST_CASE("A list has an address a line, with room for notes") {
  CHECK(read_address_lines(
            "\xef\xbb\xbf# ours\nhttps://example.org/a\r\n\n  https://example.org/b#part # a note\n"
            "https://example.org/a\n") == Addresses{"https://example.org/a", "https://example.org/b#part"});
}
