#include "query-server/page/resource_page.h"

#include "tests/catch.h"
#include "tests/query-server/fake_service.h"

using namespace carrel;
using namespace carrel::query_server;
using namespace carrel::query_server::page;

namespace {

bool has(const std::string& html, std::string_view text) {
  return html.find(text) != std::string::npos;
}

ShownResource sample() {
  ShownResource shown{.hit = testing::sample_answer().hits.front()};
  shown.hit.resource.id = "reports/a b.pdf";
  shown.hit.resource.description = "All about <housing>.";
  shown.hit.resource.author = {"A. Author", "B. Author"};
  shown.hit.resource.topic = {"housing", "legal services"};
  return shown;
}

}  // namespace

TEST_CASE("the page of a resource has its abstract, its fields and a way to it") {
  const std::string html = resource_page({}, sample(), Links());
  CHECK(has(html, "href=\"https://library.example/reports/housing.pdf\" hreflang=\"en\">Open the resource"));
  CHECK(has(html, "All about &lt;housing&gt;."));
  CHECK(has(html, "A. Author, B. Author"));
  CHECK(has(html, "name=\"topic\" value=\"legal services\">Legal services</button>"));
  CHECK(has(html, "https://library.example/reports/housing-es.pdf"));
}

TEST_CASE("a resource is cited as a sentence and for reference software") {
  const std::string html = resource_page({}, sample(), Links());
  CHECK(has(html, "A. Author, B. Author. Safe Housing for Survivors"));
  CHECK(has(html, "href=\"/v1/resources/reports%2Fa%20b.pdf/cite?format=ris\" download=\"a b.pdf.ris\">RIS</a>"));
  CHECK(has(html, "format=bibtex"));
  CHECK(has(html, "format=csl-json"));
}

TEST_CASE("the pages that match are shown, or that none does") {
  ShownResource shown = sample();
  shown.q = "vouchers";
  CHECK(has(resource_page({}, shown, Links()), "Nothing in this resource matches “vouchers”."));
  shown.passages = shown.hit.passages;
  const std::string html = resource_page({}, shown, Links());
  CHECK(has(html, "Places that match “vouchers”"));
  CHECK(has(html, "href=\"https://library.example/reports/housing.pdf#page=12\""));
  CHECK(has(html, "method=\"post\" action=\"/resources/reports/a%20b.pdf\""));
}

TEST_CASE("the page of a resource has the help of the librarians, else its own") {
  ShownResource shown = sample();
  CHECK(has(resource_page({}, shown, Links()), "The National Human Trafficking Hotline answers"));
  shown.help = {{.id = "h", .title = "A line of ours", .phone = "1-800-555-0199"}};
  const std::string html = resource_page({}, shown, Links());
  CHECK(has(html, "A line of ours"));
  CHECK(has(html, "href=\"tel:+18005550199\""));
  CHECK_FALSE(has(html, "The National Human Trafficking Hotline answers"));
}

TEST_CASE("similar resources lead to their pages, in the language that was chosen") {
  ShownResource shown = sample();
  shown.similar = testing::sample_answer().hits;
  shown.similar.front().resource.id = "other";
  const std::string html = resource_page({.tag = "es", .chosen = true}, shown, Links());
  CHECK(has(html, "Recursos parecidos"));
  CHECK(has(html, "href=\"/resources/other?ui=es\""));
}
