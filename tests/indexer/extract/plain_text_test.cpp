#include "indexer/extract/plain_text.h"

#include "indexer/extract/document.h"
#include "indexer/extract/markdown.h"
#include "tests/catch.h"
#include "tests/indexer/extract/found_values.h"

using namespace carrel::indexer;
using carrel::schema::FieldId;

TEST_CASE("Form feeds part the pages of a text, which are numbered") {
  const Answer answer = read_document("Hotline script\r\n\r\nSay hello.\f\fThird page.\n\f", "x.txt");
  REQUIRE(answer.has_value());
  CHECK(answer->format == "txt");
  REQUIRE(answer->pages.size() == 3);
  CHECK(answer->pages[0].text == "Hotline script\nSay hello.");
  CHECK(answer->pages[0].label == "1");
  CHECK(answer->pages[2].text == "Third page.");
  CHECK(answer->pages[2].label == "3");
  CHECK(carrel::tests::value(*answer, FieldId::title) == "Hotline script");
}

TEST_CASE("Lines that were broken to one width are joined, others stay") {
  const Answer wrapped = read_plain_text(
      "The lines of this text were broken by a program at a fixed\nwidth, so that they have to be put "
      "together "
      "again to be-\ncome sentences, and hyphens at their ends must become\nwhole words, as in "
      "become.\n\nNext.\n");
  REQUIRE(wrapped.has_value());
  CHECK(wrapped->pages[0].text.ends_with(
      "again to become sentences, and hyphens at their ends must become whole words, "
      "as in become.\nNext."));
  const Answer list = read_plain_text("Bring:\nid card\nphone\nwater\nkeys\n");
  REQUIRE(list.has_value());
  CHECK(list->pages[0].text == "Bring:\nid card\nphone\nwater\nkeys");
}

TEST_CASE("The charset of a text is found by its bytes") {
  CHECK(read_plain_text("caf\xc3\xa9").value().pages[0].text == "café");
  CHECK(read_plain_text("caf\xe9 ma\xf1"
                        "ana \x93quoted\x94")
            .value()
            .pages[0]
            .text == "café mañana “quoted”");
  CHECK(read_plain_text(std::string("\xff\xfeh\0i\0", 6)).value().pages[0].text == "hi");
  // "Torgovlja ljud'mi - tjazhkoe prestuplenie. Pomoshch' besplatna." in windows-1251
  CHECK(
      read_plain_text("\xd2\xee\xf0\xe3\xee\xe2\xeb\xff \xeb\xfe\xe4\xfc\xec\xe8 - \xf2\xff\xe6\xea\xee\xe5 "
                      "\xef\xf0\xe5\xf1\xf2\xf3\xef\xeb\xe5\xed\xe8\xe5. \xcf\xee\xec\xee\xf9\xfc "
                      "\xe1\xe5\xf1\xef\xeb\xe0\xf2\xed\xe0.")
          .value()
          .pages[0]
          .text == "Торговля людьми - тяжкое преступление. Помощь бесплатна.");
}

TEST_CASE("Markdown is read as what it shows, with front matter") {
  const Answer answer = read_document(
      "---\ntitle: \"Building a coalition\"\ndate: 2021-06-01\nlang: en\ntags: [coalitions, "
      "'local']\nauthors:\n"
      "  - Ana Ruiz\n---\nFirst *words* with a [link](http://x.org).\n\n# Why\n\nBecause `it` **helps**.\n\n"
      "| Who | What |\n|-----|------|\n| Police | Train |\n\n![A circle of chairs](x.png)\n\n"
      "Second\n------\n<div>raw <b>html</b></div>\n<script>alert(1)</script>\n",
      "x.md");
  REQUIRE(answer.has_value());
  CHECK(answer->format == "md");
  REQUIRE(answer->pages.size() == 3);
  CHECK(answer->pages[0].text == "First words with a link.");
  CHECK(answer->pages[1].heading == "Why");
  CHECK(answer->pages[1].text == "Why\nBecause it helps.\nWho What\nPolice Train\nA circle of chairs");
  CHECK(answer->pages[2].text == "Second\nraw html");
  CHECK(carrel::tests::value(*answer, FieldId::title) == "Building a coalition");
  CHECK(carrel::tests::value(*answer, FieldId::date) == "2021-06-01");
  CHECK(carrel::tests::value(*answer, FieldId::author) == "Ana Ruiz");
  CHECK(carrel::tests::values(*answer, FieldId::topic) == std::vector<std::string>{"coalitions", "local"});
}

TEST_CASE("A rule at the beginning of Markdown is no front matter") {
  const Answer answer = read_markdown("---\n\n# Title here\n\nText: more\n");
  REQUIRE(answer.has_value());
  CHECK(answer->pages[0].text == "Title here\nText: more");
  CHECK(carrel::tests::value(*answer, FieldId::title) == "Title here");
}
