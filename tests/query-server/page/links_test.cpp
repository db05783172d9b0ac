#include "query-server/page/links.h"

#include "tests/catch.h"

using namespace carrel::query_server::page;
using carrel::search::Passage;
using carrel::search::Resource;

TEST_CASE("only http, https and paths of this site may be links") {
  const Links links(false);
  CHECK(links.safe("https://a.example/x") == "https://a.example/x");
  CHECK(links.safe("HTTP://a.example/x") == "HTTP://a.example/x");
  CHECK(links.safe("/documents/a.pdf#page=2") == "/documents/a.pdf#page=2");
  for (const char* url :
       {"", "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
        "data:text/html,x", "//elsewhere.example/", "/\\elsewhere.example", "http://", "mailto:a@b",
        "reports/a.pdf", "https://a.example/\n"}) {
    INFO(url);
    CHECK(links.safe(url).empty());
  }
}

TEST_CASE("a resource without an address is linked to its file when documents are served") {
  Resource resource;
  resource.id = "reports/a b#1.pdf";
  CHECK(Links(false).to(resource).empty());
  CHECK(Links(true).to(resource) == "/documents/reports/a%20b%231.pdf");
  resource.url = "javascript:alert(1)";
  CHECK(Links(true).to(resource).empty());
  resource.url = "reports/x.pdf";
  CHECK(Links(true).to(resource) == "/documents/reports/x.pdf");
  resource.url = "../../etc:/x";
  CHECK(Links(true).to(resource) == "/documents/../../etc:/x");  // browsers resolve it on this site
}

TEST_CASE("a passage is linked to its place") {
  Resource resource;
  resource.url = "https://a.example/x.pdf";
  Passage passage;
  CHECK(Links(false).to(resource, passage) == "https://a.example/x.pdf");
  passage.url = "#page=3";
  CHECK(Links(false).to(resource, passage) == "https://a.example/x.pdf#page=3");
  passage.url = "https://a.example/x.pdf#page=4";
  CHECK(Links(false).to(resource, passage) == "https://a.example/x.pdf#page=4");
  passage.url = "javascript:alert(1)";
  CHECK(Links(false).to(resource, passage) == "https://a.example/x.pdf");
  resource.url.clear();
  passage.url = "#page=3";
  CHECK(Links(false).to(resource, passage).empty());
}
