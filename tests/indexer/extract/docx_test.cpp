#include "indexer/extract/docx.h"

#include "indexer/extract/document.h"
#include "tests/catch.h"
#include "tests/indexer/extract/found_values.h"
#include "tests/indexer/extract/zip_writer.h"

using namespace carrel::indexer;
using carrel::schema::FieldId;
using carrel::tests::docx;

namespace {

std::string text_of(const std::string& body, std::vector<std::pair<std::string, std::string>> more = {}) {
  const Answer answer = read_docx(docx(body, std::move(more)));
  REQUIRE(answer.has_value());
  std::string all;
  for (const Page& page : answer->pages) all += (all.empty() ? "" : "\n--\n") + page.text;
  return all;
}

std::string paragraph(std::string_view text, std::string_view style = {}) {
  return "<w:p><w:pPr><w:pStyle w:val='" + std::string(style) + "'/></w:pPr><w:r><w:t>" + std::string(text) +
         "</w:t></w:r></w:p>";
}

const std::pair<std::string, std::string> kStyles{
    "word/styles.xml",
    "<w:styles xmlns:w='w'><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val='en-US'/></w:rPr></w:rPrDefault>"
    "</w:docDefaults><w:style w:type='paragraph' w:styleId='Uberschrift1'><w:name w:val='heading 1'/>"
    "<w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style><w:style w:type='paragraph' w:styleId='Own'>"
    "<w:name w:val='Our heading'/><w:basedOn w:val='Uberschrift1'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='T'><w:name w:val='Title'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Verzeichnis1'><w:name w:val='toc 1'/></w:style></w:styles>"};

const std::pair<std::string, std::string> kRelationships{
    "word/_rels/document.xml.rels",
    "<Relationships><Relationship Id='r1' Type='http://x/styles' Target='styles.xml'/>"
    "<Relationship Id='r2' Type='http://x/footnotes' Target='/word/footnotes.xml'/></Relationships>"};

}  // namespace

TEST_CASE("A Word document is split at its headings, whatever language its styles are in") {
  const Answer answer = read_document(
      docx(paragraph("Working with interpreters", "T") + paragraph("Before", "Verzeichnis1") +
               paragraph("For all who serve survivors.") + paragraph("Before the interview", "Uberschrift1") +
               paragraph("Meet the interpreter alone.") + paragraph("After", "Own") +
               paragraph("Debrief together."),
           {kStyles, kRelationships}),
      "x.docx");
  REQUIRE(answer.has_value());
  CHECK(answer->format == "docx");
  REQUIRE(answer->pages.size() == 3);
  CHECK(answer->pages[0].heading == "Working with interpreters");
  CHECK(answer->pages[0].text == "Working with interpreters\nFor all who serve survivors.");
  CHECK(answer->pages[1].heading == "Before the interview");
  CHECK(answer->pages[1].text == "Before the interview\nMeet the interpreter alone.");
  CHECK(answer->pages[2].heading == "After");
  CHECK(carrel::tests::value(*answer, FieldId::title) == "Working with interpreters");
  CHECK(carrel::tests::value(*answer, FieldId::language) == "en-US");
}

TEST_CASE("Deleted, moved away and hidden text is left out, inserted text stays") {
  CHECK(text_of(
            "<w:p><w:r><w:t>keep </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>old place</w:t></w:r></w:moveFrom>"
            "<w:moveTo><w:r><w:t> here</w:t></w:r></w:moveTo>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
            "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t> shown</w:t></w:r></w:p>") ==
        "keep new here shown");
}

TEST_CASE("Tables are read row by row, tall cells below each other") {
  const auto cell = [](const std::string& inside) { return "<w:tc>" + inside + "</w:tc>"; };
  CHECK(text_of("<w:tbl><w:tr>" + cell(paragraph("County")) + cell(paragraph("Shelters")) + "</w:tr><w:tr>" +
                cell(paragraph("Harris")) + cell(paragraph("4")) + "</w:tr></w:tbl>") ==
        "County | Shelters\nHarris | 4");
  CHECK(text_of("<w:tbl><w:tr>" + cell(paragraph("Side")) + cell(paragraph("First.") + paragraph("Second.")) +
                "</w:tr></w:tbl>") == "Side\nFirst.\nSecond.");
  CHECK(text_of("<w:tbl><w:tr>" +
                cell("<w:tbl><w:tr>" + cell(paragraph("a")) + cell(paragraph("b")) + "</w:tr></w:tbl>" +
                     paragraph("c")) +
                cell(paragraph("d")) + "</w:tr></w:tbl>") == "a | b\nc\nd");
}

TEST_CASE("Text boxes are read once, with alternative texts, breaks, tabs and symbols") {
  CHECK(text_of("<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:docPr descr='A map of shelters'/>"
                "<w:txbxContent>" +
                paragraph("In the box") +
                "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" +
                paragraph("In the box") +
                "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
                "<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t><w:noBreakHyphen/>"
                "<w:t>four</w:t><w:sym w:font='Arial' w:char='2714'/></w:r></w:p>") ==
        "In the box\nA map of shelters one two\nthree-four✔");
}

TEST_CASE("Footnotes end their section, separators and sources of fields do not show") {
  CHECK(text_of("<w:p><w:r><w:t>See the law</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>" +
                    paragraph("More.") + paragraph("Next", "Uberschrift1") +
                    "<w:p><w:r><w:instrText>HYPERLINK \"http://x\"</w:instrText></w:r>"
                    "<w:hyperlink><w:r><w:t>link text</w:t></w:r></w:hyperlink></w:p>",
                {kStyles,
                 kRelationships,
                 {"word/footnotes.xml", "<w:footnotes xmlns:w='w'><w:footnote w:type='separator' w:id='1'>" +
                                            paragraph("----") + "</w:footnote><w:footnote w:id='2'>" +
                                            paragraph("22 U.S.C. 7101.") + "</w:footnote></w:footnotes>"}}) ==
        "See the law\nMore.\n22 U.S.C. 7101.\n--\nNext\nlink text");
}

TEST_CASE("Properties of the document come from its core part") {
  const Answer answer = read_docx(docx(
      paragraph("Some text."),
      {{"docProps/core.xml",
        "<cp:coreProperties xmlns:cp='c' xmlns:dc='d' xmlns:dcterms='t'><dc:title>Rental &amp; "
        "housing</dc:title>"
        "<dc:creator>Ana Ruiz; Ben Ode</dc:creator><dc:subject>About leases</dc:subject>"
        "<cp:keywords>housing, leases</cp:keywords><dcterms:created>2020-04-28T08:00:00Z</dcterms:created>"
        "<dc:language>es-MX</dc:language></cp:coreProperties>"}}));
  REQUIRE(answer.has_value());
  CHECK(carrel::tests::value(*answer, FieldId::title) == "Rental & housing");
  CHECK(carrel::tests::values(*answer, FieldId::author) == std::vector<std::string>{"Ana Ruiz", "Ben Ode"});
  CHECK(carrel::tests::value(*answer, FieldId::description) == "About leases");
  CHECK(carrel::tests::values(*answer, FieldId::topic) == std::vector<std::string>{"housing", "leases"});
  CHECK(carrel::tests::value(*answer, FieldId::date) == "2020-04-28");
  CHECK(carrel::tests::value(*answer, FieldId::language) == "es-MX");
}

TEST_CASE("The language of the text's own marks counts, not that of the program") {
  const Answer answer = read_document(
      docx(
          "<w:p><w:r><w:rPr><w:lang w:val='es-MX'/></w:rPr><w:t>Las personas que trabajan en el campo tienen "
          "derecho a recibir su salario completo.</w:t></w:r></w:p>",
          {kStyles, kRelationships}),
      "x");
  REQUIRE(answer.has_value());
  CHECK(carrel::tests::value(*answer, FieldId::language) == "es-MX");
  const Answer unmarked = read_document(
      docx(paragraph("Las personas que trabajan en el campo tienen derecho a recibir su salario completo."),
           {kStyles, kRelationships}),
      "x");
  REQUIRE(unmarked.has_value());
  CHECK(carrel::tests::value(*unmarked, FieldId::language) == "es");
}

TEST_CASE("A damaged Word document gives what can be read, or says that nothing can") {
  const std::string broken =
      carrel::tests::zip({{"word/document.xml", "<w:document xmlns:w='w'><w:body>" +
                                                    paragraph("Before the fault.") + "<w:p><w:r></w:p>"}});
  const Answer answer = read_document(broken, "x.docx");
  REQUIRE(answer.has_value());
  CHECK(answer->pages[0].text == "Before the fault.");
  CHECK(carrel::tests::warns(*answer, "partly-damaged"));
  CHECK(read_document(carrel::tests::zip({{"word/document.xml", "no XML"}}), "x").error().code == "damaged");
  CHECK(read_document("no archive at all", "x.docx").error().code == "damaged");
}

TEST_CASE("Entities of a document's own do not exist, and depth is bounded") {
  const std::string bomb =
      "<!DOCTYPE d [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
      "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>x&b;&f;y</w:t></w:r></w:p></w:body></w:document>";
  const Answer answer = read_docx(carrel::tests::zip({{"word/document.xml", bomb}}));
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().code == "damaged");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<w:tbl><w:tr><w:tc>";
  const Answer nested = read_docx(docx(paragraph("On top.") + deep));
  REQUIRE(nested.has_value());
  CHECK(nested->pages[0].text == "On top.");
  CHECK(carrel::tests::warns(*nested, "partly-damaged"));
}

TEST_CASE("A long text without headings is parted so that a passage can be found") {
  std::string body;
  for (int i = 0; i < 400; ++i)
    body += paragraph("This is sentence number " + std::to_string(i) + " of a long text.");
  const Answer answer = read_docx(docx(paragraph("The only heading", "Heading1") + body));
  REQUIRE(answer.has_value());
  REQUIRE(answer->pages.size() > 1);
  for (const Page& page : answer->pages) {
    CHECK(page.heading == "The only heading");
    CHECK(page.text.size() <= 8100);
  }
  CHECK(answer->pages.back().text.ends_with("sentence number 399 of a long text."));
}
