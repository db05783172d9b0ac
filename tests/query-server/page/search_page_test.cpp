#include "query-server/page/search_page.h"

#include "query-server/page/assets.h"
#include "tests/catch.h"
#include "tests/query-server/fake_service.h"

using namespace carrel;
using namespace carrel::query_server;
using namespace carrel::query_server::page;

namespace {

bool has(const std::string& html, std::string_view text) {
  return html.find(text) != std::string::npos;
}

const InterfaceLanguage kEnglish;

std::string results(std::string_view form, bool by_address, const InterfaceLanguage& language = {}) {
  const auto asked = read_page_request(parse_form(form).value(), by_address);
  auto service = testing::fake_services(std::make_shared<testing::FakeLibrary>())();
  return results_page(language, asked, service->search(asked.request).value(),
                      Links([](std::string_view path) { return !path.empty(); }));
}

}  // namespace

TEST_CASE("the results page shows titles, places, marks, translations and editions") {
  const std::string html = results("q=housing", false);
  CHECK(has(html, "128 results for “housing”"));
  CHECK(has(html, "<a href=\"https://library.example/reports/housing.pdf\""));
  CHECK(has(html, "PDF, 40 pages, 2.1 MB"));
  CHECK(has(html, "April 28, 2020"));
  CHECK(has(html, "href=\"https://library.example/reports/housing.pdf#page=12\""));
  CHECK(has(html, "<span>Page 12</span> <span lang=\"en\" dir=\"auto\">Eligibility</span>"));
  CHECK(has(html, "Emergency <mark>housing</mark> is open"));
  CHECK(has(html, "At 12:34"));
  CHECK(has(html, "<a href=\"/resources/reports/housing-es.pdf\" lang=\"es\" hreflang=\"es\">Español</a>"));
  CHECK(has(html, "<a href=\"/resources/reports/housing-2015.pdf\">2015</a>"));
  CHECK(has(html, "The query was cut after 64 words"));
  CHECK(has(html, "“housing” was also searched as “shelter”"));
}

TEST_CASE("nothing of the library or of the visitor becomes markup") {
  const std::string html = results("q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&topic=%3Cb%3E", false);
  CHECK_FALSE(has(html, "<script>"));
  CHECK_FALSE(has(html, "<b>"));
  CHECK_FALSE(has(html, "javascript:"));
  CHECK(has(html, "Safe Housing for Survivors &lt;script&gt;alert(1)&lt;/script&gt;"));
  CHECK(has(html, "value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\""));
}

TEST_CASE("a search by POST puts its words in no address") {
  const std::string html = results("q=canary&topic=housing", false);
  CHECK_FALSE(has(html, "href=\"/search"));
  CHECK(has(html, "name=\"offset\" value=\"20\""));
  CHECK(has(html, "name=\"remove\" value=\"topic:housing\""));
  CHECK(has(html, "method=\"post\""));
  const auto title = html.substr(html.find("<title>"), 100);
  CHECK_FALSE(has(title, "canary"));
}

TEST_CASE("a search by GET has links for pages and filters") {
  const std::string html = results("q=housing&topic=housing", true);
  CHECK(has(html, "href=\"/search?q=housing&amp;topic=housing&amp;offset=20\""));
  CHECK(has(html, "href=\"/search?q=housing\""));
  CHECK_FALSE(has(html, "name=\"remove\""));
}

TEST_CASE("facets are checkboxes of the search form, with what is chosen checked") {
  const std::string html = results("q=a&topic=legal+services", false);
  CHECK(has(html, "form=\"search\" name=\"topic\" value=\"legal services\" autocomplete=\"off\" checked>"));
  CHECK(has(html, "name=\"topic\" value=\"housing\" autocomplete=\"off\">"));
  CHECK(has(html, "value=\"Office\\, with a comma\""));
  CHECK(has(html, "Spanish"));
  CHECK_FALSE(has(html, "name=\"format\""));  // one value is no choice
  CHECK(has(html, "Filters (1 active)"));
}

TEST_CASE("when nothing is found the page helps") {
  const std::string html = results("q=nothing", false);
  CHECK(has(html, "Nothing was found for “nothing”"));
  CHECK(has(html, "Use fewer words"));
  CHECK(has(html, "1-888-373-7888"));
  CHECK(has(html, "233733"));
  CHECK(has(html, "911"));
}

TEST_CASE("ranges survive in the form and as chips") {
  const std::string html = results("q=a&year=2015..2020", false);
  CHECK(has(html, "name=\"year_from\" value=\"2015\""));
  CHECK(has(html, "name=\"year_to\" value=\"2020\""));
  CHECK(has(html, "name=\"remove\" value=\"year_range:2015..2020\""));
}

TEST_CASE("the start page has the box, the way out, and topics to browse") {
  const auto library = testing::sample_answer();
  const std::string html = home_page(kEnglish, &library);
  CHECK(has(html, "role=\"search\""));
  CHECK(has(html, "https://www.weather.gov/"));
  CHECK(has(html, "This page keeps no record of what you search, and sets no cookies."));
  CHECK(has(html, "name=\"topic\" value=\"housing\""));
  CHECK(has(home_page(kEnglish, nullptr), "role=\"search\""));
}

TEST_CASE("the page speaks Spanish, and every result says its own language") {
  const std::string html = results("q=housing", false, {.tag = "es", .chosen = true});
  CHECK(has(html, "<html lang=\"es\" dir=\"ltr\">"));
  CHECK(has(html, "128 resultados para «housing»"));
  CHECK(has(html, "28 de abril de 2020"));
  CHECK(has(html, "2,1 MB"));
  CHECK(has(html, "<h2 lang=\"en\" dir=\"auto\">"));
  CHECK(has(html, "type=\"hidden\" name=\"ui\" value=\"es\""));
  CHECK(has(html, "<button form=\"again\" name=\"ui_chosen\" value=\"en\" lang=\"en\""));
}

TEST_CASE("the page turns round for languages that are written from right to left") {
  const std::string html = results("q=housing", true, {.tag = "ar", .chosen = true});
  CHECK(has(html, "<html lang=\"ar\" dir=\"rtl\">"));
  CHECK(has(html, "١٢٨ نتيجة عن «housing»"));
  CHECK(has(html, "href=\"/search?q=housing&amp;ui=es\" lang=\"es\" hreflang=\"es\">Español</a>"));
}

TEST_CASE("what a posted search asks again is all that was asked") {
  const std::string html = results("q=a&topic=x&no_expand=shelter&correct=0&offset=20&sort=title", false);
  const std::string again = html.substr(html.find("<form id=\"again\""), 900);
  for (const char* field : {"name=\"q\" value=\"a\"", "name=\"topic\" value=\"x\"", "name=\"no_expand\" value=\"shelter\"",
                            "name=\"correct\" value=\"0\"", "name=\"sort\" value=\"title\""}) {
    CHECK(has(again, field));
  }
  CHECK_FALSE(has(again.substr(0, again.find("</form>")), "offset"));
}

TEST_CASE("a problem page says what is wrong and gives the way back") {
  const auto response = problem_page(
      kEnglish, {404, "There is nothing at this <address>", "Begin at the search page", {{"Allow", "GET"}}});
  CHECK(response.status == 404);
  CHECK(response.get("Allow") == "GET");
  CHECK(response.get("Content-Type") == "text/html; charset=utf-8");
  CHECK(has(response.body, "There is nothing at this &lt;address&gt;."));
  CHECK(has(response.body, "href=\"/\""));
}

TEST_CASE("a problem page tells who reads no English what to do in the language of the page") {
  const auto response = problem_page({.tag = "es"}, {404, "There is nothing at this address", "Begin at the search page"});
  CHECK(has(response.body, "Empiece por la página de búsqueda."));
  CHECK_FALSE(has(response.body, "There is nothing"));
  CHECK_FALSE(has(response.body, "Begin at"));
}

TEST_CASE("styles and scripts stand alone") {
  for (const char* name : {"carrel.css", "carrel-search.js", "carrel-page.js"}) {
    INFO(name);
    CHECK_FALSE(has(std::string(asset(name)), "url("));
    CHECK_FALSE(has(std::string(asset(name)), "@import"));
    CHECK_FALSE(has(std::string(asset(name)), "localStorage"));
    CHECK_FALSE(has(std::string(asset(name)), "cookie ="));
    CHECK_FALSE(has(std::string(asset(name)), "innerHTML"));
  }
}

TEST_CASE("help that the words of a search call stands above the hits, other help at the foot") {
  const auto asked = read_page_request(parse_form("q=housing").value(), true);
  search::Answer answer = testing::sample_answer();
  answer.help = {{.id = "h", .title = "Line <b>", .phone = "1-888-373-7888", .hours = "always", .called = true}};
  const Links links([](std::string_view) { return true; });
  std::string html = results_page(kEnglish, asked, answer, links);
  CHECK(has(html, "Line &lt;b&gt;"));
  CHECK(has(html, "href=\"tel:+18883737888\""));
  CHECK(html.find("Line &lt;b&gt;") < html.find("class=\"hits\""));
  CHECK(html.find("Line &lt;b&gt;") == html.rfind("Line &lt;b&gt;"));
  answer.help.front().called = false;
  html = results_page(kEnglish, asked, answer, links);
  CHECK(html.find("Line &lt;b&gt;") > html.find("class=\"hits\""));
}

TEST_CASE("a page that says what is wrong has the cards of the rules") {
  Problem problem{503, "Too many", "Again", {}};
  problem.help = {{.id = "h", .title = "Hotline", .phone = "911"}};
  CHECK(has(problem_page(kEnglish, problem).body, "href=\"tel:911\""));
}
