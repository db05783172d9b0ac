#include "indexer/extract/pptx.h"

#include "indexer/extract/document.h"
#include "tests/catch.h"
#include "tests/indexer/extract/found_values.h"
#include "tests/indexer/extract/zip_writer.h"

using namespace carrel::indexer;
using carrel::schema::FieldId;

namespace {

std::string shape(std::string_view kind, std::string_view text) {
  return "<p:sp><p:nvSpPr><p:cNvPr id='1' name='x'/><p:nvPr><p:ph type='" + std::string(kind) +
         "'/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:rPr lang='en-GB'/><a:t>" + std::string(text) +
         "</a:t></a:r></a:p></p:txBody></p:sp>";
}

std::string slide(std::string_view shapes, std::string_view attributes = {}) {
  return "<p:sld xmlns:p='p' xmlns:a='a' " + std::string(attributes) + "><p:cSld><p:spTree>" +
         std::string(shapes) + "</p:spTree></p:cSld></p:sld>";
}

const std::string kPresentation =
    "<p:presentation xmlns:p='p' xmlns:r='http://x/relationships'><p:sldIdLst><p:sldId id='256' r:id='r9'/>"
    "<p:sldId id='257' r:id='r3'/><p:sldId id='258' r:id='r5'/></p:sldIdLst></p:presentation>";
const std::string kRelationships =
    "<Relationships><Relationship Id='r3' Type='http://x/slide' Target='slides/slide1.xml'/>"
    "<Relationship Id='r9' Type='http://x/slide' Target='slides/slide7.xml'/>"
    "<Relationship Id='r5' Type='http://x/slide' Target='slides/slide2.xml'/></Relationships>";

}  // namespace

TEST_CASE("A slide is a page, in the order of the show, with its notes and without the layout's text") {
  const Answer answer = read_document(
      carrel::tests::zip(
          {{"ppt/presentation.xml", kPresentation},
           {"ppt/_rels/presentation.xml.rels", kRelationships},
           {"ppt/slides/slide1.xml",
            slide(
                shape("body", "Ask open questions") + shape("title", "Interviewing") + shape("sldNum", "2") +
                shape("ftr", "Confidential draft") +
                "<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Do</a:t></a:r></a:p></"
                "a:txBody></a:tc>"
                "<a:tc><a:txBody><a:p><a:r><a:t>Do not</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl>"
                "</p:graphicFrame><p:pic><p:nvPicPr><p:cNvPr id='4' name='y' descr='Two people at a table'/>"
                "</p:nvPicPr></p:pic>")},
           {"ppt/slides/_rels/slide1.xml.rels",
            "<Relationships><Relationship Id='r1' Type='http://x/notesSlide' Target='../notesSlides/n1.xml'/>"
            "<Relationship Id='r2' Type='http://x/diagramData' "
            "Target='../diagrams/data1.xml'/></Relationships>"},
           {"ppt/diagrams/data1.xml",
            "<dgm:dataModel xmlns:dgm='g' xmlns:a='a'><dgm:pt><dgm:t><a:p><a:r><a:t>Trust "
            "first</a:t></a:r></a:p>"
            "</dgm:t></dgm:pt></dgm:dataModel>"},
           {"ppt/notesSlides/n1.xml", "<p:notes xmlns:p='p' xmlns:a='a'>" + shape("sldImg", "") +
                                          shape("body", "Pause here.") + "</p:notes>"},
           {"ppt/slides/slide2.xml", slide(shape("title", "Old slide"), "show='0'")},
           {"ppt/slides/slide7.xml",
            slide(shape("ctrTitle", "Trauma-informed care") + shape("subTitle", "Day one"))}}),
      "x");
  REQUIRE(answer.has_value());
  CHECK(answer->format == "pptx");
  REQUIRE(answer->pages.size() == 3);
  CHECK(answer->pages[0].text == "Trauma-informed care\nDay one");
  CHECK(answer->pages[1].heading == "Interviewing");
  CHECK(answer->pages[1].text ==
        "Interviewing\nAsk open questions\nDo | Do not\nTwo people at a table\nTrust first\nPause here.");
  CHECK(answer->pages[2].text.empty());
  CHECK(carrel::tests::warns(*answer, "hidden-content"));
  CHECK(carrel::tests::value(*answer, FieldId::title) == "Trauma-informed care");
  CHECK(carrel::tests::value(*answer, FieldId::language) == "en-GB");
}

TEST_CASE("A presentation whose slide is missing keeps the numbers of the others") {
  const Answer answer =
      read_pptx(carrel::tests::zip({{"ppt/presentation.xml", kPresentation},
                                    {"ppt/_rels/presentation.xml.rels", kRelationships},
                                    {"ppt/slides/slide2.xml", slide(shape("title", "Third"))}}));
  REQUIRE(answer.has_value());
  REQUIRE(answer->pages.size() == 3);
  CHECK(answer->pages[2].heading == "Third");
  CHECK(carrel::tests::warns(*answer, "partly-damaged"));
}
