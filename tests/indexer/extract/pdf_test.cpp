#include "indexer/extract/pdf.h"

#include <fstream>
#include <iterator>

#include "indexer/extract/pdf_layout.h"
#include "indexer/extract/pdf_string.h"
#include "tests/catch.h"
#include "tests/indexer/extract/found_values.h"
#include "tests/indexer/extract/pdf_writer.h"

using namespace carrel::indexer;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

Extraction read(const std::string& bytes) {
  Answer answer = read_pdf(bytes);
  REQUIRE(answer.has_value());
  return *answer;
}

std::string failure(const std::string& bytes) {
  const Answer answer = read_pdf(bytes);
  return answer ? "none" : answer.error().code;
}

std::string fixture(const std::string& name) {
  std::ifstream in(std::string(CARREL_SOURCE_DIR) + "/tests/indexer/extract/fixtures/" + name,
                   std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("Every page of a PDF is a Page, empty ones too") {
  const Extraction pdf = read(PdfWriter().text_page({"First page"}).page("").text_page({"Third page"}).str());
  CHECK(pdf.format == "pdf");
  REQUIRE(pdf.pages.size() == 3);
  CHECK(pdf.pages[0].text == "First page");
  CHECK(pdf.pages[1].text.empty());
  CHECK(pdf.pages[2].text == "Third page");
}

TEST_CASE("Lines of a paragraph are joined and line-end hyphenation is undone") {
  const Extraction pdf =
      read(PdfWriter()
               .text_page({"Help for survivors of traf-", "ficking and for trauma-",
                           "informed advocates who are trauma-informed,", "everywhere in the land."})
               .str());
  CHECK(pdf.pages[0].text ==
        "Help for survivors of trafficking and for trauma-informed advocates who are trauma-informed, "
        "everywhere in "
        "the land.");
}

TEST_CASE("Page labels are those of the PDF, and empty when it has none") {
  PdfWriter writer;
  writer.text_page({"a"}).text_page({"b"}).text_page({"c"});
  CHECK(read(writer.str()).pages[0].label.empty());
  writer.catalog("/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /P (A-) /St 3 >>] >>");
  const Extraction pdf = read(writer.str());
  CHECK(pdf.pages[0].label == "i");
  CHECK(pdf.pages[1].label == "ii");
  CHECK(pdf.pages[2].label == "A-3");
}

TEST_CASE("Outline entries are the headings of their pages and of those that follow") {
  PdfWriter writer;
  for (int i = 0; i < 5; ++i) writer.text_page({"text"});
  const int root = PdfWriter::first_free(5);
  writer.object("<< /Type /Outlines /First " + std::to_string(root + 1) + " 0 R /Last " +
                std::to_string(root + 2) + " 0 R /Count 2 >>");
  writer.object("<< /Title (Chapter one) /Parent " + std::to_string(root) + " 0 R /Next " +
                std::to_string(root + 2) + " 0 R /First " + std::to_string(root + 3) + " 0 R /Last " +
                std::to_string(root + 3) + " 0 R /Count 1 /Dest [" +
                std::to_string(PdfWriter::page_object(2)) + " 0 R /Fit] >>");
  writer.object("<< /Title <FEFF004500730070006100F10061> /Parent " + std::to_string(root) + " 0 R /Prev " +
                std::to_string(root + 1) + " 0 R /A << /S /GoTo /D (there) >> >>");
  writer.object("<< /Title (A section of it) /Parent " + std::to_string(root + 1) + " 0 R /Dest [" +
                std::to_string(PdfWriter::page_object(2)) + " 0 R /Fit] >>");
  writer.catalog("/Outlines " + std::to_string(root) + " 0 R /Dests << /there [" +
                 std::to_string(PdfWriter::page_object(5)) + " 0 R /Fit] >>");
  const Extraction pdf = read(writer.str());
  CHECK(pdf.pages[0].heading.empty());
  CHECK(pdf.pages[1].heading == "Chapter one");
  CHECK(pdf.pages[2].heading == "A section of it");
  CHECK(pdf.pages[3].heading == "A section of it");
  CHECK(pdf.pages[4].heading == "Espa\u00f1a");
}

TEST_CASE("An outline that points to itself ends") {
  PdfWriter writer;
  writer.text_page({"text"});
  const int root = PdfWriter::first_free(1);
  const std::string item = std::to_string(root + 1);
  writer.object("<< /Type /Outlines /First " + item + " 0 R /Last " + item + " 0 R /Count 1 >>");
  writer.object("<< /Title (Loop) /First " + item + " 0 R /Last " + item + " 0 R /Next " + item +
                " 0 R /Dest [" + std::to_string(PdfWriter::page_object(1)) + " 0 R /Fit] >>");
  writer.catalog("/Outlines " + std::to_string(root) + " 0 R");
  CHECK(read(writer.str()).pages[0].heading == "Loop");
}

TEST_CASE("The Info dictionary gives title, authors, subject, keywords and date") {
  const Extraction pdf =
      read(PdfWriter()
               .text_page({"text"})
               .info("/Title (Serving Survivors) /Author (Ana Ruiz; Ben Okafor) /Subject (A guide) "
                     "/Keywords (housing, legal services) /CreationDate (D:20190607120000Z)")
               .catalog("/Lang (en-us)")
               .str());
  CHECK(value(pdf, FieldId::title) == "Serving Survivors");
  CHECK(values(pdf, FieldId::author) == std::vector<std::string>{"Ana Ruiz", "Ben Okafor"});
  CHECK(value(pdf, FieldId::description) == "A guide");
  CHECK(values(pdf, FieldId::topic) == std::vector<std::string>{"housing", "legal services"});
  CHECK(value(pdf, FieldId::date) == "2019-06-07");
  CHECK(value(pdf, FieldId::language) == "en-US");
  CHECK_FALSE(warns(pdf, "no-title"));
}

TEST_CASE("XMP goes before the Info dictionary") {
  const std::string xmp =
      "<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
      "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-"
      "syntax-ns#'><rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title><rdf:Alt><rdf:li "
      "xml:lang='x-default'>Title &amp; more</rdf:li><rdf:li "
      "xml:lang='es'>T\u00edtulo</rdf:li></rdf:Alt></dc:title>"
      "<dc:creator><rdf:Seq><rdf:li>Ana</rdf:li><rdf:li>Ben</rdf:li></rdf:Seq></dc:creator></"
      "rdf:Description></rdf:RDF>"
      "</x:xmpmeta>";
  PdfWriter writer;
  writer.text_page({"text"}).info("/Title (Old title) /Author (Nobody)");
  const int stream = writer.object(pdf_stream("/Type /Metadata /Subtype /XML", xmp));
  writer.catalog("/Metadata " + std::to_string(stream) + " 0 R");
  const Extraction pdf = read(writer.str());
  CHECK(values(pdf, FieldId::title) == std::vector<std::string>{"Title & more", "Old title"});
  CHECK(values(pdf, FieldId::author) == std::vector<std::string>{"Ana", "Ben"});
}

TEST_CASE("A junk title gives way to the largest text of the first page") {
  const Extraction pdf =
      read(PdfWriter()
               .text_page({"Office for Victims", "#Helping Children", "#in Danger", "Small print here."})
               .info("/Title (Microsoft Word - Document1)")
               .str());
  CHECK(value(pdf, FieldId::title) == "Helping Children in Danger");
  CHECK(warns(pdf, "no-title"));
}

TEST_CASE("Accessibility is judged by tags, language and text") {
  const std::string tags = "/MarkInfo << /Marked true >> /StructTreeRoot << /Type /StructTreeRoot >>";
  const auto judged = [](PdfWriter& writer) { return value(read(writer.str()), FieldId::accessible); };
  PdfWriter tagged;
  tagged.text_page({"text"}).catalog(tags + " /Lang (en)");
  CHECK(judged(tagged) == "accessible");
  PdfWriter no_language;
  no_language.text_page({"text"}).catalog(tags);
  CHECK(judged(no_language) == "untagged");
  PdfWriter plain;
  plain.text_page({"text"}).catalog("/Lang (en)");
  CHECK(judged(plain) == "untagged");
  CHECK(warns(read(plain.str()), "untagged"));
}

TEST_CASE("A scan with a stamp for its only text has no text layer") {
  PdfWriter writer;
  const std::string picture = "/XObject << /Im0 " + std::to_string(PdfWriter::first_free(3)) + " 0 R >>";
  writer.page("BT /F1 8 Tf 72 20 Td (Page 1 of 2, received) Tj ET /Im0 Do", picture)
      .page("/Im0 Do", picture)
      .text_page({"An ordinary page of text"});
  writer.object(pdf_stream(
      "/Type /XObject /Subtype /Image /Width 1000 /Height 1000 /BitsPerComponent 1 /ColorSpace /DeviceGray",
      ""));
  const Extraction pdf = read(writer.str());
  CHECK(value(pdf, FieldId::accessible) == "scanned");
  REQUIRE(warns(pdf, "no-text-layer"));
  CHECK(pdf.warnings.front().text.starts_with("2 of 3 pages"));
}

TEST_CASE("Broken and locked PDFs are told apart") {
  const std::string good = PdfWriter().text_page({"Some text to lose"}).str();
  CHECK(failure("%PDF-1.7\n") == "damaged");
  CHECK(failure("no pdf at all") == "damaged");
  CHECK(failure(good.substr(0, 60)) == "damaged");
  CHECK(failure(fixture("user-password.pdf")) == "encrypted");
}

TEST_CASE("A PDF whose user password is empty is read") {
  CHECK(read(fixture("owner-password.pdf")).pages[0].text.find("open to every reader") != std::string::npos);
}

TEST_CASE("A PDF without its cross-reference table is still read") {
  std::string bytes = PdfWriter().text_page({"Survives damage"}).str();
  const std::size_t table = bytes.find("xref\n");
  bytes.erase(table, bytes.find("trailer") - table);
  CHECK(read(bytes).pages[0].text == "Survives damage");
}

TEST_CASE("Text strings of PDF are decoded") {
  using namespace std::string_literals;
  CHECK(decode_pdf_string("\xfe\xff\0\xf1\xd8\x3d\xde\x00"s) == "\u00f1\U0001f600");
  CHECK(decode_pdf_string("\xff\xfe\xf1\0"s) == "\u00f1");
  CHECK(decode_pdf_string("\xef\xbb\xbf\xc3\xb1") == "\u00f1");
  CHECK(decode_pdf_string("a\x84z\x92") == "a\u2014z\u2122");
  CHECK(decode_pdf_string("\xfe\xff\0\x1b\0e\0n\0\x1b\0A"s) == "A");
  CHECK(decode_pdf_string("  two\nlines ") == "two lines");
}

TEST_CASE("Widely spaced lines are still one paragraph, headings and items stand apart") {
  const auto line = [](std::string text, double right, double size = 12) {
    return PrintLine{
        .text = std::move(text), .left = 72, .right = right, .font_size = size, .ends_block = true};
  };
  const std::string text =
      join_lines({line("A Heading", 150, 18), line("The first line of it goes right", 540),
                  line("to the edge and ends here.", 300), line("Next one", 200), line("1. An item", 200)});
  CHECK(
      text ==
      "A Heading\n\nThe first line of it goes right\nto the edge and ends here.\n\nNext one\n\n1. An item\n");
}
