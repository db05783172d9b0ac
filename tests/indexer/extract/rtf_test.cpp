#include "indexer/extract/rtf.h"

#include "indexer/extract/document.h"
#include "tests/catch.h"
#include "tests/indexer/extract/found_values.h"

using namespace carrel::indexer;
using carrel::schema::FieldId;

namespace {

std::string text_of(const std::string& body) {
  const Answer answer = read_rtf("{\\rtf1\\ansi\\ansicpg1252 " + body + "}");
  REQUIRE(answer.has_value());
  return carrel::tests::all_text(*answer);
}

}  // namespace

TEST_CASE("RTF is read in its code pages and in Unicode") {
  CHECK(text_of("caf\\'e9 \\u8220?quoted\\u8221? \\endash  x") == "café “quoted” – x\n");
  CHECK(text_of(
            "{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial Cyr;}{\\f2\\fcharset128 MS Gothic;}}"
            "\\f1\\'cf\\'f0\\'e8\\'e2\\'e5\\'f2 {\\f2\\'93\\'fa\\'96\\'7b}\\f0  ol\\'e9") ==
        "Привет 日本 olé\n");
  CHECK(text_of("\\uc2\\u233\\'c3\\'a9t\\u233 xxe{\\uc0\\u233}!") == "étéeé!\n");
  CHECK(text_of("\\u-10179?\\u-8704? end") == "😀 end\n");
  CHECK(text_of("a\\~b\\_c\\-d \\{brace\\} \\\\ back") == "a b-cd {brace} \\ back\n");
}

TEST_CASE("What RTF does not show is left out") {
  CHECK(text_of("{\\header Head}{\\pict\\wmetafile8 010203}{\\*\\generator Word;}{\\*\\unknown zzz}one"
                "{\\v hidden}{\\deleted gone} two{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt  link}}"
                "{\\pict\\bin5 }}}}}}three{\\*\\bkmkstart b}") == "one two linkthree\n");
  CHECK(text_of("one{\\super\\chftn}{\\*\\footnote\\chftn\\~\\plain\\pard a note}.") == "one.\na note\n");
  CHECK(text_of("{\\upr{ansi}{\\*\\ud{\\u233?}}}") == "é\n");
  CHECK(text_of("{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv b}}{\\shptxt In the box\\par}}{\\shprslt twice}}x") ==
        "In the box\nx\n");
}

TEST_CASE("Headings, tables and footnotes of RTF are kept apart") {
  const Answer answer = read_document(
      "{\\rtf1{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 \\'dcberschrift;}{\\s7 Title;}{\\*\\cs2 "
      "heading x;}}"
      "{\\info{\\title Know your rights}{\\author Ana Ruiz}{\\keywords wages, "
      "visas}{\\creatim\\yr2020\\mo4\\dy8}}"
      "\\deflang1033\\pard\\s7 Cover\\par\\pard\\s1 Wages\\par\\pard You must be paid{\\footnote By "
      "law.}.\\par"
      "\\trowd\\pard\\intbl State\\cell Wage\\cell\\row\\trowd\\intbl Texas\\cell 7.25\\cell\\row"
      "\\pard\\s1 Visas\\par\\pard Ask a lawyer.\\par}",
      "x.rtf");
  REQUIRE(answer.has_value());
  CHECK(answer->format == "rtf");
  REQUIRE(answer->pages.size() == 2);
  CHECK(answer->pages[0].heading == "Wages");
  CHECK(answer->pages[0].text == "Cover\nWages\nYou must be paid.\nState | Wage\nTexas | 7.25\nBy law.");
  CHECK(answer->pages[1].text == "Visas\nAsk a lawyer.");
  CHECK(carrel::tests::value(*answer, FieldId::title) == "Know your rights");
  CHECK(carrel::tests::value(*answer, FieldId::date) == "2020-04-08");
  CHECK(carrel::tests::values(*answer, FieldId::topic) == std::vector<std::string>{"wages", "visas"});
  CHECK(carrel::tests::value(*answer, FieldId::language) == "en-US");
}

TEST_CASE("RTF that breaks off or nests without end gives what was read") {
  const Answer cut = read_rtf("{\\rtf1 Half a");
  REQUIRE(cut.has_value());
  CHECK(cut->pages[0].text == "Half a");
  CHECK(carrel::tests::warns(*cut, "partly-damaged"));
  const Answer deep = read_rtf("{\\rtf1 Top\\par " + std::string(1'000'000, '{'));
  REQUIRE(deep.has_value());
  CHECK(deep->pages[0].text == "Top");
  CHECK(read_rtf("{\\rtf1}").has_value());
  CHECK(read_rtf("{\\rtf1}")->warnings.back().code == "no-text");
}
