#include "indexer/health_report/health_page.h"

#include <set>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/indexer/health_report/sample_collection.h"

using namespace carrel::indexer;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

std::string page_of(const Collection& collection, std::size_t most_listed = 0) {
  return health_page(collection, health_figures(collection, {}),
                     {.most_listed = most_listed, .made_on = "2026-01-02"});
}

/// What is wrong with the nesting of elements; empty when nothing is.
std::string nesting_fault(std::string_view html) {
  static const std::set<std::string> kVoid = {"meta", "!doctype"};
  std::vector<std::string> open;
  std::size_t at = html.find("<!doctype");
  while ((at = html.find('<', at)) != std::string_view::npos) {
    const std::size_t end = html.find('>', at);
    if (end == std::string_view::npos) return "a tag never ends";
    const std::string_view tag = html.substr(at + 1, end - at - 1);
    at = end;
    const bool closing = tag.starts_with('/');
    const std::string name(tag.substr(closing ? 1 : 0, tag.find_first_of(" \n", 1) - (closing ? 1 : 0)));
    if (kVoid.contains(name) || tag.ends_with('/')) continue;
    if (!closing) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return "</" + name + "> closes " + (open.empty() ? "nothing" : open.back());
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : open.back() + " stays open";
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("The page is whole, stands alone and runs nothing") {
  const std::string html = page_of(sample_collection());
  CHECK(nesting_fault(html) == "");
  for (const char* never :
       {"<script", "<img", "<link", "<iframe", "src=", "url(", "@import", "javascript:", "onerror="})
    CHECK(count(html, never) == 0);
  CHECK(html.find("<html lang=\"en\">") != std::string::npos);
  CHECK(html.find("default-src &#39;none&#39;") == std::string::npos);
  CHECK(html.find("content=\"default-src 'none'; style-src 'unsafe-inline'\"") != std::string::npos);
  CHECK(html.find("d&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;.html") != std::string::npos);
  CHECK(html.find("A &lt;b&gt;bold&lt;/b&gt; title") != std::string::npos);
}

TEST_CASE("Every figure opens to the documents behind it") {
  const std::string html = page_of(sample_collection());
  const std::size_t at = html.find("<details class=\"line\" id=\"unreadable\">");
  REQUIRE(at != std::string::npos);
  const std::string list = html.substr(at, html.find("</details>", at) - at);
  CHECK(list.find("<code><bdi>c.pdf</bdi></code>") != std::string::npos);
  CHECK(list.find("It is no readable PDF (damaged)") != std::string::npos);
  CHECK(html.find("<strong>Nothing found of:</strong>") != std::string::npos);
}

TEST_CASE("A long list ends with the number of the others") {
  Collection collection;
  for (int i = 0; i < 30; ++i) collection.documents.push_back(held("page.html", {{FieldId::type, "report"}}));
  const std::string cut = page_of(collection, 10);
  CHECK(cut.find("and 20 more") != std::string::npos);
  CHECK(nesting_fault(cut) == "");
  const std::string whole = page_of(collection);
  CHECK(whole.find(" more:") == std::string::npos);
  CHECK(count(whole, "page.html") > 3 * count(cut, "page.html") / 2);
}

TEST_CASE("An empty collection and one of a single year have a page too") {
  CHECK(nesting_fault(page_of({})) == "");
  Collection collection;
  collection.documents.push_back(held("a.html", {{FieldId::date, "0004"}, {FieldId::year, "0004"}}));
  CHECK(nesting_fault(page_of(collection)) == "");
}

TEST_CASE("Years far away do not stretch the plot beyond reading") {
  Collection collection;
  for (const char* year : {"1492", "1980", "2021", "2024", "9999"}) {
    collection.documents.push_back(
        held(std::string(year) + ".html", {{FieldId::year, year}, {FieldId::date, year}}));
  }
  const std::string html = page_of(collection);
  CHECK(count(html, "<rect class=\"year\"") == 3);
  CHECK(html.find("<title>‹ 1980: 1</title>") != std::string::npos);
  CHECK(html.find("<title>› 2024: 1</title>") != std::string::npos);
  CHECK(html.find(">2023</text>") != std::string::npos);
}
