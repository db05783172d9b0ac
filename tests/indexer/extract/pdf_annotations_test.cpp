#include "indexer/extract/pdf_annotations.h"

#include <string>

#include "indexer/extract/pdf.h"
#include "tests/catch.h"
#include "tests/indexer/extract/found_values.h"
#include "tests/indexer/extract/pdf_writer.h"

using namespace carrel::indexer;
using namespace carrel::tests;

namespace {

/// The text of the first page of a PDF whose first page says "A form" and has these annotations.
std::string text_with(const std::string& annotations, const std::string& catalog = {}) {
  PdfWriter writer;
  writer.page("BT /F1 12 Tf 72 700 Td (A form) Tj ET", "", "/Annots [" + annotations + "]").catalog(catalog);
  const Answer answer = read_pdf(writer.str());
  REQUIRE(answer.has_value());
  return answer->pages.at(0).text;
}

const std::string kRect = "/Type /Annot /Rect [72 600 272 620] ";

}  // namespace

TEST_CASE("What is filled into fields stands on the page") {
  CHECK(text_with("<< " + kRect + "/Subtype /Widget /FT /Tx /T (name) /V (Marisol Quintero) >>") ==
        "A form\nMarisol Quintero");
  CHECK(text_with("<< " + kRect + "/Subtype /Widget /Parent << /FT /Tx /T (name) /V (Given above) >> >>") ==
        "A form\nGiven above");
  CHECK(text_with("<< " + kRect + "/Subtype /Widget /FT /Tx /Ff 8192 /V (secret) >>") == "A form");
}

TEST_CASE("Choices show what is chosen and short lists, buttons their captions") {
  CHECK(
      text_with(
          "<< " + kRect +
          "/Subtype /Widget /FT /Ch /V (lt) /Opt [[(lt) (Labor trafficking)] [(st) (Sex trafficking)]] >>") ==
      "A form\nLabor trafficking\nSex trafficking");
  std::string many;
  for (int i = 0; i < 60; ++i) many += "(Country " + std::to_string(i) + ") ";
  CHECK(text_with("<< " + kRect + "/Subtype /Widget /FT /Ch /Ff 131072 /V (Country 7) /Opt [" + many +
                  "] >>") == "A form\nCountry 7");
  CHECK(text_with("<< " + kRect + "/Subtype /Widget /FT /Btn /Ff 65536 /MK << /CA (Send the report) >> >>")
            .find("Send the report") != std::string::npos);
}

TEST_CASE("Free text, notes and stamps are text, hidden ones and links are not") {
  CHECK(text_with("<< " + kRect + "/Subtype /Text /Contents (Ask the consulate first) >>") ==
        "A form\nAsk the consulate first");
  CHECK(text_with("<< " + kRect + "/Subtype /FreeText /DA (/F1 12 Tf) /Contents (Revised in May) >>")
            .find("Revised in May") != std::string::npos);
  CHECK(text_with("<< " + kRect + "/Subtype /Stamp /Contents (Superseded) >>") == "A form\nSuperseded");
  CHECK(text_with("<< " + kRect + "/Subtype /Text /F 2 /Contents (Hidden) >>") == "A form");
  CHECK(text_with("<< " + kRect + "/Subtype /Link /Contents (Where it leads) >>") == "A form");
}

TEST_CASE("What the page shows already is not said twice") {
  CHECK(text_with("<< " + kRect + "/Subtype /Text /Contents (A  form) >>") == "A form");
  CHECK(text_with("<< " + kRect + "/Subtype /Text /Contents (Once) >> << " + kRect +
                  "/Subtype /Text /Contents (Once) >>") == "A form\nOnce");
}

TEST_CASE("Fields that are their own parents, and lists of nonsense, do no harm") {
  CHECK(text_with("17 null (x) [1 2] << >> << /Subtype 5 >>") == "A form");
  PdfWriter writer;
  const int loop = PdfWriter::first_free(1);
  writer.page("BT /F1 12 Tf 72 700 Td (A form) Tj ET", "", "/Annots [" + std::to_string(loop) + " 0 R]");
  writer.object("<< " + kRect + "/Subtype /Widget /T (x) /Parent " + std::to_string(loop) + " 0 R >>");
  CHECK(read_pdf(writer.str())->pages.at(0).text == "A form");
}

TEST_CASE("Attached files are named on the first page and in a warning") {
  PdfWriter writer;
  writer.text_page({"A report"}).text_page({"Its second page"});
  const int file = PdfWriter::first_free(2);
  writer.object(pdf_stream("/Type /EmbeddedFile", "a,b\n1,2\n"));
  writer.object("<< /Type /Filespec /F (cases.csv) /UF (cases.csv) /Desc (Cases by county) /EF << /F " +
                std::to_string(file) + " 0 R >> >>");
  writer.catalog("/Names << /EmbeddedFiles << /Names [(cases.csv) " + std::to_string(file + 1) +
                 " 0 R] >> >>");
  const Answer answer = read_pdf(writer.str());
  REQUIRE(answer.has_value());
  CHECK(answer->pages.at(0).text == "A report\ncases.csv: Cases by county");
  CHECK(answer->pages.at(1).text == "Its second page");
  CHECK(warns(*answer, "attachments"));
}

TEST_CASE("A file attached to a place is named there") {
  CHECK(text_with(
            "<< " + kRect +
            "/Subtype /FileAttachment /FS << /Type /Filespec /F (map.png) /Desc (Map of shelters) >> >>") ==
        "A form\nmap.png: Map of shelters");
}
