#include "query-server/page/template.h"

#include <stdexcept>

#include "tests/catch.h"

using namespace carrel::query_server::page;

namespace {

std::string_view partial(std::string_view name) {
  if (name == "inner") return "<i>{{x}}</i>";
  if (name == "endless") return "{{>endless}}";
  throw std::logic_error("no such partial");
}

std::string render(std::string_view source, const View& view) {
  return Template::parse(source, partial).render(view);
}

}  // namespace

TEST_CASE("templates are filled") {
  const View view = {{"x", View("1")},
                     {"yes", View(true)},
                     {"no", View(false)},
                     {"empty", View("")},
                     {"map", View({{"x", View("2")}, {"deep", View({{"y", View("3")}})}})},
                     {"list", View(View::List{View({{"x", View("a")}}), View({{"x", View("b")}})})},
                     {"words", View(View::List{View("u"), View("v")})},
                     {"none", View(View::List())}};
  struct {
    const char* source;
    const char* result;
  } const rows[] = {
      {"", ""},
      {"plain", "plain"},
      {"<{{x}}>", "<1>"},
      {"{{ x }}", "1"},
      {"{{#yes}}y{{/yes}}{{^yes}}n{{/yes}}", "y"},
      {"{{#no}}y{{/no}}{{^no}}n{{/no}}", "n"},
      {"{{#empty}}y{{/empty}}{{^empty}}n{{/empty}}", "n"},
      {"{{#x}}{{x}}{{/x}}", "1"},
      {"{{#map}}{{x}}{{deep.y}}{{/map}}{{x}}", "231"},
      {"{{map.deep.y}}", "3"},
      {"{{#list}}{{x}},{{/list}}", "a,b,"},
      {"{{#words}}{{.}}{{/words}}", "uv"},
      {"{{#none}}y{{/none}}{{^none}}n{{/none}}", "n"},
      {"{{>inner}}{{#list}}{{>inner}}{{/list}}", "<i>1</i><i>a</i><i>b</i>"},
      {"a{{! a comment }}b", "ab"},
      {"a\n  {{#yes}}\n  b\n  {{/yes}}\nc\n", "a\n  b\nc\n"},
      {"{{#list}}\n{{x}}\n{{/list}}\n", "a\nb\n"},
  };
  for (const auto& row : rows) {
    INFO(row.source);
    CHECK(render(row.source, view) == row.result);
  }
}

TEST_CASE("every text is escaped, in text and in attributes") {
  const View view = {{"x", View("<script>alert('\"&')</script>")}};
  CHECK(render("<a title=\"{{x}}\">{{x}}</a>", view) ==
        "<a title=\"&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;\">"
        "&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;</a>");
}

TEST_CASE("a broken template, or one that names what is not there, throws") {
  const View view = {{"x", View("1")}, {"map", View({{"y", View("2")}})}};
  for (const char* source : {"{{x", "{{#x}}", "{{/x}}", "{{#x}}{{/y}}", "{{>unknown}}", "{{>endless}}",
                             "{{unknown}}", "{{#unknown}}{{/unknown}}", "{{map}}", "{{map.z}}", "{{x.y}}"}) {
    INFO(source);
    CHECK_THROWS_AS(render(source, view), std::logic_error);
  }
}
