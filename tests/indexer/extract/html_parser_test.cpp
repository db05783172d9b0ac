#include "indexer/extract/html_parser.h"

#include <algorithm>
#include <string>
#include <vector>

#include "tests/catch.h"

using namespace carrel::indexer;

namespace {

/// The tree in short: "html(body(p(\"a\")))", without the implied html and head.
std::string shape(const MarkupTree& tree, MarkupTree::Index i) {
  if (tree.node(i).is_text()) return "\"" + std::string(tree.text(i)) + "\"";
  std::string out(tree.name(i));
  std::string inside;
  for (MarkupTree::Index k = i + 1; k < tree.node(i).end; k = tree.node(k).end) {
    if (!inside.empty()) inside += ' ';
    inside += shape(tree, k);
  }
  return inside.empty() ? out : out + "(" + inside + ")";
}

std::string body_of(const std::string& html) {
  const MarkupTree tree = MarkupTree::from_html(html);
  for (MarkupTree::Index i = 0; i < tree.size(); ++i) {
    if (tree.name(i) == "body") return shape(tree, i).substr(4);
  }
  return {};
}

std::string text_of(const std::string& html) {
  const MarkupTree tree = MarkupTree::from_html(html);
  return tree.size() == 0 ? std::string() : tree.text_below(0);
}

}  // namespace

TEST_CASE("Elements end where browsers end them") {
  struct Case {
    std::string html;
    std::string body;
  };
  const Case cases[] = {
      {"<p>a<p>b<div>c</div>d", "(p(\"a\") p(\"b\") div(\"c\") \"d\")"},
      {"<ul><li>a<ul><li>b</ul><li>c</ul>", "(ul(li(\"a\" ul(li(\"b\"))) li(\"c\")))"},
      {"<dl><dt>a<dd>b<dt>c</dl>", "(dl(dt(\"a\") dd(\"b\") dt(\"c\")))"},
      {"<table><tr><td>a<td>b<tr><th>c</table>d", "(table(tr(td(\"a\") td(\"b\")) tr(th(\"c\"))) \"d\")"},
      {"<table><tbody><tr><td><table><td>a</table>b</table>c",
       "(table(tbody(tr(td(table(td(\"a\")) \"b\")))) \"c\")"},
      {"<select><option>a<option>b</select>c", "(select(option(\"a\") option(\"b\")) \"c\")"},
      {"<select><option>a<p>b", "(select(option(\"a\")) p(\"b\"))"},
      {"<a href=1>a<a href=2>b</a>c", "(a(\"a\") a(\"b\") \"c\")"},
      {"<h1>a<h2>b</h1>c", "(h1(\"a\") h2(\"b\") \"c\")"},
      {"<b>a<p>b</b>c", "(b(\"a\" p(\"b\")) \"c\")"},
      {"a</p>b</br>c</div>d", "(\"a\" p \"b\" br \"cd\")"},
      {"<br/>a<img src=x>b<div/>c", "(br \"a\" img \"b\" div(\"c\"))"},
      {"<title>t</title><body>a</body></html>b", "(\"ab\")"},
      {"<svg><path/><g>a<p>b", "(svg(path g(\"a\")) p(\"b\"))"},
      {"<svg><foreignObject><p>a</foreignObject></svg>b", "(svg(foreignobject(p(\"a\"))) \"b\")"},
      {"<div>a<template><td>b</template>c", "(div(\"a\" template(td(\"b\")) \"c\"))"},
      {"<button>a<button>b", "(button(\"a\") button(\"b\"))"},
      {"<form>a<form>b</form>c", "(form(\"ab\") \"c\")"}};
  for (const Case& c : cases) {
    INFO(c.html);
    CHECK(body_of(c.html) == c.body);
  }
}

TEST_CASE("Head and body are there whether their tags are or not") {
  const MarkupTree tree =
      MarkupTree::from_html("\n<!-- x --><!doctype html>\n<title>T</title><meta a=b>\n text<p>x");
  CHECK(shape(tree, 0) == "html(head(title(\"T\") meta) body(\"\n text\" p(\"x\")))");
  const MarkupTree marked = MarkupTree::from_html("<HTML LANG=es><Body Class='a b'>x");
  CHECK(marked.attribute(0, "lang") == "es");
  CHECK(marked.attribute(1, "class") == "a b");
}

TEST_CASE("Character references are read as browsers read them") {
  struct Case {
    std::string html;
    std::string text;
  };
  const Case cases[] = {{"&amp;&lt;&eacute;", "&<\u00e9"},
                        {"&NotEqualTilde;", "\u2242\u0338"},
                        {"Q&ampA &copy2020 &notit;", "Q&A \u00a92020 \u00acit;"},
                        {"&#128;&#x99;&#150;", "\u20ac\u2122\u2013"},
                        {"&#233 &#xE9;&#8364;", "\u00e9 \u00e9\u20ac"},
                        {"&#0;&#xD800;&#x110000;&#99999999999;", "\ufffd\ufffd\ufffd\ufffd"},
                        {"a & b &; &#; &#x; &unknown; &", "a & b &; &#; &#x; &unknown; &"},
                        {"&CounterClockwiseContourIntegral;", "\u2233"},
                        {"&nbsp;", "\u00a0"}};
  for (const Case& c : cases) {
    INFO(c.html);
    CHECK(text_of("<p>" + c.html) == c.text);
  }
  const MarkupTree tree = MarkupTree::from_html("<a href='?a=1&copy=2&amp;b=&eacute;&lt'>x</a>");
  CHECK(tree.attribute(2, "href") == "?a=1&copy=2&b=\u00e9<");
}

TEST_CASE("What is no tag is text, what is a comment is nothing") {
  CHECK(text_of("1 < 2 <3 a<b>c</b>") == "1 < 2 <3 ac");
  CHECK(text_of("a<!-- b -- c -->d<!-->e<!--->f<!-- g --!>h<?php j ?>k</>l</ m>n") == "adefhkln");
  CHECK(text_of("x<p title='a>b' data-x=\"<i>\">y") == "xy");
}

TEST_CASE("Scripts, styles and text areas hold text, up to their own end tags") {
  CHECK(body_of("<body><script>if (a<b) '</div>' <!-- <script> x </script> --> </script>y") ==
        "(script(\"if (a<b) '</div>' <!-- <script> x </script> --> \") \"y\")");
  CHECK(body_of("<p><style>p > a {}</STYLE >y") == "(p(style(\"p > a {}\") \"y\"))");
  CHECK(body_of("<textarea>\n<b>&lt;</textarea>y") == "(textarea(\"\n<b><\") \"y\")");
  CHECK(body_of("<p><xmp><b></xmp><plaintext><i></plaintext>") ==
        "(p xmp(\"<b>\") plaintext(\"<i></plaintext>\"))");
}

TEST_CASE("An element that closes itself is empty in XHTML, and goes on in HTML") {
  CHECK(text_of("<?xml version='1.0'?><html><head><title/></head><body><div/>x</body></html>") == "x");
  CHECK(body_of("<body><div/>x") == "(div(\"x\"))");
}

TEST_CASE("CDATA is text in drawings and formulas, and a comment elsewhere") {
  CHECK(text_of("<svg><text><![CDATA[a<b>]]></text></svg>c") == "a<b>c");
  CHECK(text_of("<p><![CDATA[a]]>c") == "c");
}

TEST_CASE("A page written out in a frame is part of the page, however deep") {
  CHECK(body_of("<iframe srcdoc='<html><body lang=es><p>a&lt;b'>fallback</iframe>c") ==
        "(iframe(p(\"a\")) \"c\")");
  std::string deep = "x";
  for (int i = 0; i < 6; ++i) {
    std::string escaped;
    for (const char c : deep) escaped += c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
    deep = "<iframe srcdoc=\"" + escaped + "\"></iframe>y";
  }
  CHECK(text_of(deep) == "yyyyy");
}

TEST_CASE("Nothing nests deeper than browsers let it, and no text is lost for it") {
  std::string html;
  for (int i = 0; i < 200'000; ++i) html += "<div>a<b>";
  const MarkupTree tree = MarkupTree::from_html(html);
  int deepest = 0;
  std::vector<int> depth(tree.size());
  for (MarkupTree::Index i = 1; i < tree.size(); ++i) {
    depth[i] = depth[tree.node(i).parent] + 1;
    deepest = std::max(deepest, depth[i]);
  }
  CHECK(deepest <= 512);
  CHECK(tree.text_below(0) == std::string(200'000, 'a'));
}

TEST_CASE("End tags that nothing waits for cost no more than their bytes") {
  std::string html;
  for (int i = 0; i < 50'000; ++i) html += "<b><table><td>";
  for (int i = 0; i < 300'000; ++i) html += "</i></p></a>";
  CHECK(text_of(html + "end").ends_with("end"));
}
