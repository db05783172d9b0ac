#include "indexer/extract/epub.h"

#include "indexer/extract/document.h"
#include "tests/catch.h"
#include "tests/indexer/extract/found_values.h"
#include "tests/indexer/extract/zip_writer.h"

using namespace carrel::indexer;
using carrel::schema::FieldId;

namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;

Parts book() {
  return {{"mimetype", "application/epub+zip"},
          {"META-INF/container.xml",
           "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>"},
          {"OEBPS/book.opf",
           "<package xmlns:dc='d'><metadata><dc:title>After the Rescue</dc:title><dc:creator>A. "
           "Writer</dc:creator>"
           "<dc:language>en</dc:language><dc:date>2018-05</dc:date><dc:publisher>A "
           "Press</dc:publisher></metadata>"
           "<manifest><item id='n' href='nav.xhtml' properties='nav'/><item id='two' href='text/two.xhtml'/>"
           "<item id='one' href='text/one%20.xhtml'/><item id='cover' href='cover.xhtml'/></manifest>"
           "<spine><itemref idref='cover'/><itemref idref='n'/><itemref idref='one'/><itemref "
           "idref='two'/></spine>"
           "</package>"},
          {"OEBPS/nav.xhtml",
           "<html><body><nav><ol><li><a href='text/one%20.xhtml#begin'>Coming "
           "home</a></li></ol></nav></body></html>"},
          {"OEBPS/cover.xhtml", "<html><body><img src='c.jpg'/></body></html>"},
          {"OEBPS/text/one .xhtml",
           "<?xml version='1.0'?><html><head><title/></head><body><h1>1</h1><aside>It was late.</aside>"
           "<nav>Read on</nav></body></html>"},
          {"OEBPS/text/two.xhtml",
           "<html><body><h2>Work</h2><p>The second day.</p><h3>Pay</h3><p>None.</p></body></html>"}};
}

}  // namespace

TEST_CASE("A chapter of a book is a page in the order of the spine") {
  const Answer answer = read_document(carrel::tests::zip(book()), "x");
  REQUIRE(answer.has_value());
  CHECK(answer->format == "epub");
  REQUIRE(answer->pages.size() == 2);
  CHECK(answer->pages[0].heading == "Coming home");
  CHECK(answer->pages[0].text == "Coming home\n1\nIt was late.\nRead on");
  CHECK(answer->pages[1].heading == "Work");
  CHECK(answer->pages[1].text == "Work\nThe second day.\nPay\nNone.");
  CHECK(carrel::tests::value(*answer, FieldId::title) == "After the Rescue");
  CHECK(carrel::tests::value(*answer, FieldId::author) == "A. Writer");
  CHECK(carrel::tests::value(*answer, FieldId::publisher) == "A Press");
  CHECK(carrel::tests::value(*answer, FieldId::language) == "en");
  CHECK(carrel::tests::value(*answer, FieldId::date) == "2018-05");
}

TEST_CASE("A protected book is encrypted, one with veiled fonts is not") {
  const auto with = [](const std::string& uri) {
    Parts parts = book();
    parts.emplace_back("META-INF/encryption.xml",
                       "<encryption><CipherReference URI='" + uri + "'/></encryption>");
    return read_document(carrel::tests::zip(parts), "x");
  };
  CHECK(with("OEBPS/fonts/x.otf").has_value());
  REQUIRE_FALSE(with("OEBPS/text/two.xhtml").has_value());
  CHECK(with("OEBPS/text/two.xhtml").error().code == "encrypted");
}
