#include "query-server/page/links.h"

#include "tests/catch.h"

using namespace carrel::query_server::page;
using carrel::search::Passage;
using carrel::search::Resource;

namespace {

bool only_moved(std::string_view path) {
  return path == "reports/moved b#1.pdf";
}

}  // namespace

TEST_CASE("only http, https and paths of this site may be links") {
  CHECK(Links::safe("https://a.example/x") == "https://a.example/x");
  CHECK(Links::safe("HTTP://a.example/x") == "HTTP://a.example/x");
  CHECK(Links::safe("/documents/a.pdf#page=2") == "/documents/a.pdf#page=2");
  for (const char* url :
       {"", "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
        "data:text/html,x", "//elsewhere.example/", "/\\elsewhere.example", "http://", "mailto:a@b",
        "reports/a.pdf", "https://a.example/\n", "#page=1"}) {
    INFO(url);
    CHECK(Links::safe(url).empty());
  }
}

TEST_CASE("a resource is opened where this server has its file, else at its own address") {
  Resource resource;
  resource.id = "moved";
  resource.path = "reports/moved b#1.pdf";
  CHECK(Links().to(resource).empty());
  CHECK(Links(only_moved).to(resource) == "/documents/reports/moved%20b%231.pdf");
  resource.url = "https://a.example/x.pdf";
  CHECK(Links(only_moved).to(resource) == "/documents/reports/moved%20b%231.pdf");
  CHECK(Links().to(resource) == "https://a.example/x.pdf");
  resource.path = "reports/not-served.pdf";
  CHECK(Links(only_moved).to(resource) == "https://a.example/x.pdf");
  resource.url = "javascript:alert(1)";
  CHECK(Links(only_moved).to(resource).empty());
}

TEST_CASE("a passage is linked to its place in what is opened") {
  Resource resource;
  resource.url = "https://a.example/x.pdf";
  Passage passage;
  CHECK(Links().to(resource, passage) == "https://a.example/x.pdf");
  passage.url = "#page=3";
  CHECK(Links().to(resource, passage) == "https://a.example/x.pdf#page=3");
  passage.url = "https://a.example/x.pdf#page=4";
  CHECK(Links().to(resource, passage) == "https://a.example/x.pdf#page=4");
  resource.path = "reports/moved b#1.pdf";
  CHECK(Links(only_moved).to(resource, passage) == "/documents/reports/moved%20b%231.pdf#page=4");
  passage.url = "#a b";
  CHECK(Links().to(resource, passage) == "https://a.example/x.pdf");
  resource = {};
  CHECK(Links().to(resource, passage).empty());
}

TEST_CASE("the page of a resource holds its identifier, slashes and all") {
  CHECK(Links().with_parameters("ui=es").to_page("a") == "/resources/a?ui=es");
  CHECK(Links().to_page("reports/a b?.pdf") == "/resources/reports/a%20b%3F.pdf");
}
