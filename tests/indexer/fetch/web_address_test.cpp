#include "indexer/fetch/web_address.h"

#include "tests/catch.h"

using namespace carrel::indexer;

TEST_CASE("An address has one spelling") {
  const auto spelled = [](std::string_view text) {
    const auto address = parse_address(text);
    return address ? address->url : std::string("none");
  };
  CHECK(spelled("HTTP://Example.ORG") == "http://example.org/");
  CHECK(spelled("https://example.org:443/a/../b/./c#part") == "https://example.org/b/c");
  CHECK(spelled("https://example.org:8443/a?x=1&y") == "https://example.org:8443/a?x=1&y");
  CHECK(spelled("  https://example.org/a b/ñ  ") == "https://example.org/a%20b/%c3%b1");
  CHECK(spelled("https://[2001:DB8::1]/") == "https://[2001:db8::1]/");
  CHECK(spelled("https://example.org./x") == "https://example.org/x");
}

TEST_CASE("What is no web address, or carries a password, is none") {
  for (const char* text :
       {"", "example.org/a", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "http://",
        "https://user:secret@example.org/", "https://user@example.org/", "gopher://example.org/",
        "http://exa\nmple.org/", "//example.org/"}) {
    INFO(text);
    CHECK_FALSE(parse_address(text));
  }
  CHECK_FALSE(parse_address("https://example.org/" + std::string(9000, 'a')));
}

TEST_CASE("A reference leads on from where it stands") {
  const auto base = parse_address("https://example.org/a/b?x").value();
  const auto led = [&](std::string_view reference) {
    const auto address = resolve_address(base, reference);
    return address ? address->url : std::string("none");
  };
  CHECK(led("c.pdf") == "https://example.org/a/c.pdf");
  CHECK(led("/robots.txt") == "https://example.org/robots.txt");
  CHECK(led("http://other.example/z") == "http://other.example/z");
  CHECK(led("//other.example/z") == "https://other.example/z");
  CHECK(led("file:///etc/passwd") == "none");
  CHECK(led("") == "none");
}
