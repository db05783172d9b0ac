#include "indexer/extract/xlsx.h"

#include "indexer/extract/cell_formats.h"
#include "indexer/extract/document.h"
#include "tests/catch.h"
#include "tests/indexer/extract/found_values.h"
#include "tests/indexer/extract/zip_writer.h"

using namespace carrel::indexer;

TEST_CASE("A sheet is a page with shared and inline texts, values of formulas, dates and percentages") {
  const Answer answer = read_document(
      carrel::tests::zip(
          {{"xl/workbook.xml",
            "<workbook xmlns:r='http://x/relationships'><sheets><sheet name='Budget' sheetId='1' r:id='r2'/>"
            "<sheet name='Lists' sheetId='2' state='hidden' r:id='r3'/><sheet name='Partners' sheetId='3' "
            "r:id='r1'/>"
            "</sheets></workbook>"},
           {"xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"
            "<Relationship Id='r2' Type='x/worksheet' Target='worksheets/sheet2.xml'/>"
            "<Relationship Id='r3' Type='x/worksheet' Target='worksheets/sheet3.xml'/>"
            "<Relationship Id='r4' Type='x/sharedStrings' Target='sharedStrings.xml'/>"
            "<Relationship Id='r5' Type='x/styles' Target='styles.xml'/></Relationships>"},
           {"xl/sharedStrings.xml",
            "<sst><si><t>Item</t></si><si><r><t>Legal "
            "</t></r><r><t>aid</t></r><rPh><t>reading</t></rPh></si></sst>"},
           {"xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='[$-409]mmmm\\ d\\,\\ yyyy'/></numFmts>"
            "<cellStyleXfs><xf numFmtId='9'/></cellStyleXfs>"
            "<cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='10'/></cellXfs></styleSheet>"},
           {"xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row><c t='inlineStr'><is><t>Casa "
            "Azul\nTucson</t></is></c></row></sheetData></worksheet>"},
           {"xl/worksheets/sheet2.xml",
            "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c t='s'><v>1</v></c></row>"
            "<row><c s='1'><v>43949</v></c><c><f>SUM(A1)</f><v>0.30000000000000004</v></c><c "
            "s='2'><v>0.125</v></c>"
            "<c t='b'><v>1</v></c><c t='e'><v>#N/A</v></c><c t='str'><f>x</f><v>joined</v></c><c/></row>"
            "</sheetData><headerFooter><oddHeader>Draft</oddHeader></headerFooter></worksheet>"},
           {"xl/worksheets/sheet3.xml", "<worksheet><row><c><v>7</v></c></row></worksheet>"}}),
      "x");
  REQUIRE(answer.has_value());
  CHECK(answer->format == "xlsx");
  REQUIRE(answer->pages.size() == 2);
  CHECK(answer->pages[0].heading == "Budget");
  CHECK(answer->pages[0].text == "Budget\nItem | Legal aid\n2020-04-28 | 0.3 | 12.5% | TRUE | joined");
  CHECK(answer->pages[1].text == "Partners\nCasa Azul Tucson");
  CHECK(carrel::tests::warns(*answer, "hidden-content"));
}

TEST_CASE("Numbers are shown by their formats") {
  CellFormats formats;
  formats.read(
      "<s><numFmts><numFmt numFmtId='170' formatCode='0.00 \"days\"'/><numFmt numFmtId='171' "
      "formatCode='[h]:mm'/>"
      "<numFmt numFmtId='172' formatCode='yyyy-mm-dd hh:mm'/></numFmts><cellXfs><xf numFmtId='14'/>"
      "<xf numFmtId='20'/><xf numFmtId='170'/><xf numFmtId='171'/><xf numFmtId='172'/><xf numFmtId='22'/>"
      "</cellXfs></s>");
  struct Case {
    std::string value;
    std::size_t style;
    std::string shown;
  };
  const Case cases[] = {{"1", 0, "1900-01-01"},
                        {"59", 0, "1900-02-28"},
                        {"61", 0, "1900-03-01"},
                        {"43949.99999999", 4, "2020-04-29"},
                        {"43949.5", 4, "2020-04-28 12:00"},
                        {"0.75", 1, "18:00"},
                        {"2.5", 2, "2.5"},
                        {"0.5", 3, "12:00"},
                        {"-1", 0, "-1"},
                        {"1e300", 0, "1e+300"},
                        {"12345678901234567", 99, "1.23456789012346e+16"},
                        {"7", 99, "7"},
                        {"text", 0, "text"},
                        {"", 0, ""}};
  for (const Case& c : cases) {
    INFO(c.value << " in style " << c.style);
    CHECK(formats.shown(c.value, c.style) == c.shown);
  }
  formats.use_1904();
  CHECK(formats.shown("0", 0) == "1904-01-01");
}

TEST_CASE("A text shared by a million cells does not fill memory") {
  std::string cells = "<worksheet><sheetData>";
  for (int row = 0; row < 20; ++row) {
    cells += "<row>";
    for (int i = 0; i < 1000; ++i) cells += "<c t='s'><v>0</v></c>";
    cells += "</row>";
  }
  const Answer answer = read_xlsx(carrel::tests::zip(
      {{"xl/workbook.xml",
        "<workbook xmlns:r='http://x/relationships'><sheets><sheet name='S' r:id='r1'/></sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='s.xml'/>"
        "<Relationship Id='r2' Type='x/sharedStrings' Target='strings.xml'/></Relationships>"},
       {"xl/strings.xml", "<sst><si><t>" + std::string(100'000, 'x') + "</t></si></sst>"},
       {"xl/s.xml", cells + "</sheetData></worksheet>"}}));
  REQUIRE(answer.has_value());
  CHECK(carrel::tests::warns(*answer, "cut-short"));
  CHECK(carrel::tests::all_text(*answer).size() < std::size_t{64} << 20);
}
