#include "indexer/fetch/copy_name.h"

#include "tests/catch.h"

using namespace carrel::indexer;

namespace {

std::string named(std::string_view url, std::string_view type = "text/html") {
  return copy_name(parse_address(url).value(), type);
}

}  // namespace

TEST_CASE("A copy is called as its address says") {
  CHECK(named("https://example.org/guides/a.pdf", "application/pdf") == "example.org/guides/a.pdf");
  CHECK(named("https://example.org/") == "example.org/index.html");
  CHECK(named("https://example.org/guides/") == "example.org/guides/index.html");
  CHECK(named("https://example.org/about", "text/html; charset=utf-8") == "example.org/about.html");
  CHECK(named("https://example.org/page.php") == "example.org/page.php.html");
  CHECK(named("https://example.org/a.HTM") == "example.org/a.HTM");
  CHECK(named("https://example.org/talk.vtt", "text/plain") == "example.org/talk.vtt");
  CHECK(named("https://example.org:8443/a.pdf", "") == "example.org_8443/a.pdf");
}

TEST_CASE("Addresses that differ in their query alone have different names") {
  const std::string one = named("https://example.org/view?id=1");
  CHECK(one != named("https://example.org/view?id=2"));
  CHECK(one.starts_with("example.org/view-"));
  CHECK(one.ends_with(".html"));
}

TEST_CASE("No address leads out of the folder, hides, or is too long") {
  for (const char* url : {"https://example.org/%2e%2e/%2e%2e/etc/passwd", "https://example.org/..%2f..%2fetc",
                          "https://example.org/.git/config", "https://..example.org/x",
                          "https://example.org/a%00b", "https://example.org/a\\..\\b"}) {
    const auto address = parse_address(url);
    if (!address) continue;
    const std::string name = copy_name(*address, "text/html");
    INFO(name);
    CHECK(("/" + name).find("/.") == std::string::npos);
    CHECK(name.find('\\') == std::string::npos);
  }
  const std::string long_name = named("https://example.org/" + std::string(3000, 'x') + ".pdf", "");
  CHECK(long_name.size() < 160);
  CHECK(long_name != named("https://example.org/" + std::string(3001, 'x') + ".pdf", ""));
}

TEST_CASE("Type and charset of a Content-Type") {
  CHECK(media_type("Text/HTML ; charset=x") == "text/html");
  CHECK(charset_of("text/html; Charset=\"ISO-8859-1\"; x=y") == "iso-8859-1");
  CHECK(charset_of("text/html").empty());
}
