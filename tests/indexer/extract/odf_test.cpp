#include "indexer/extract/odf.h"

#include "indexer/extract/document.h"
#include "tests/catch.h"
#include "tests/indexer/extract/found_values.h"
#include "tests/indexer/extract/zip_writer.h"

using namespace carrel::indexer;
using carrel::schema::FieldId;
using carrel::tests::odf;

TEST_CASE("An OpenDocument text is split at its headings, its notes end their section") {
  const Answer answer = read_document(
      odf("text",
          "<office:text><text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
          "<text:p text:style-name='P1'>Safety planning</text:p><text:table-of-content><text:p>1</text:p>"
          "</text:table-of-content><text:h text:outline-level='1'>First steps</text:h>"
          "<text:p>Keep\n   documents<text:s "
          "text:c='3'/>safe<text:note><text:note-citation>1</text:note-citation>"
          "<text:note-body><text:p>Copies are enough.</text:p></text:note-body></text:note>, always."
          "<office:annotation><text:p>a comment</text:p></office:annotation></text:p>"
          "<text:list><text:list-item><text:p>A phone</text:p></text:list-item></text:list>"
          "<table:table "
          "table:name='T'><table:table-row><table:table-cell><text:p>Night</text:p></table:table-cell>"
          "<table:table-cell><text:p>911</text:p></table:table-cell></table:table-row></table:table>"
          "<text:p><draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box>"
          "<svg:desc>A locked door</svg:desc></draw:frame></text:p></office:text>",
          "<style:style style:name='P1' style:parent-style-name='Title'/>",
          {{"meta.xml",
            "<m xmlns:dc='d' xmlns:meta='m'><dc:creator>Last Editor</dc:creator>"
            "<meta:initial-creator>Ana Ruiz</meta:initial-creator><meta:keyword>safety</meta:keyword>"
            "<meta:creation-date>2019-03-02T10:00:00</meta:creation-date></m>"}}),
      "x");
  REQUIRE(answer.has_value());
  CHECK(answer->format == "odt");
  REQUIRE(answer->pages.size() == 1);
  CHECK(answer->pages[0].heading == "First steps");
  CHECK(answer->pages[0].text ==
        "Safety planning\nFirst steps\nKeep documents safe, always.\nA phone\nNight | 911\nBoxed.\nA locked "
        "door\n"
        "Copies are enough.");
  CHECK(carrel::tests::value(*answer, FieldId::title) == "Safety planning");
  CHECK(carrel::tests::value(*answer, FieldId::author) == "Ana Ruiz");
  CHECK(carrel::tests::value(*answer, FieldId::topic) == "safety");
  CHECK(carrel::tests::value(*answer, FieldId::date) == "2019-03-02");
}

TEST_CASE("Slides and sheets of OpenDocument are pages, hidden ones are left out") {
  const Answer slides = read_document(
      odf("presentation",
          "<office:presentation><draw:page draw:style-name='a'><draw:frame "
          "presentation:class='title'><draw:text-box>"
          "<text:p>Welcome</text:p></draw:text-box></draw:frame><draw:frame><draw:text-box><text:p>Hello</"
          "text:p>"
          "</draw:text-box></draw:frame><presentation:notes><draw:frame><draw:text-box><text:p>Smile.</"
          "text:p>"
          "</draw:text-box></draw:frame></presentation:notes></draw:page>"
          "<draw:page draw:style-name='h'><draw:frame><draw:text-box><text:p>Secret</text:p></draw:text-box>"
          "</draw:frame></draw:page></office:presentation>",
          "<style:style style:name='h'><style:drawing-page-properties "
          "presentation:visibility='hidden'/></style:style>"),
      "x");
  REQUIRE(slides.has_value());
  CHECK(slides->format == "odp");
  REQUIRE(slides->pages.size() == 2);
  CHECK(slides->pages[0].heading == "Welcome");
  CHECK(slides->pages[0].text == "Welcome\nHello\nSmile.");
  CHECK(slides->pages[1].text.empty());
  CHECK(carrel::tests::warns(*slides, "hidden-content"));

  const Answer sheets = read_document(
      odf("spreadsheet",
          "<office:spreadsheet><table:table table:name='Budget'><table:table-row><table:table-cell>"
          "<text:p>Rent</text:p></table:table-cell><table:table-cell table:number-columns-repeated='16000'/>"
          "<table:table-cell><text:p>04/28/2020</text:p></table:table-cell></table:table-row></table:table>"
          "<table:table table:name='Raw' "
          "table:style-name='h'><table:table-row><table:table-cell><text:p>x</text:p>"
          "</table:table-cell></table:table-row></table:table></office:spreadsheet>",
          "<style:style style:name='h'><style:table-properties table:display='false'/></style:style>"),
      "x");
  REQUIRE(sheets.has_value());
  CHECK(sheets->format == "ods");
  REQUIRE(sheets->pages.size() == 1);
  CHECK(sheets->pages[0].heading == "Budget");
  CHECK(sheets->pages[0].text == "Budget\nRent | 04/28/2020");
}

TEST_CASE("An OpenDocument file with a password is encrypted") {
  const Answer answer =
      read_document(odf("text", "", "",
                        {{"META-INF/manifest.xml", "<m><manifest:encryption-data xmlns:manifest='m'/></m>"}}),
                    "x");
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().code == "encrypted");
}
