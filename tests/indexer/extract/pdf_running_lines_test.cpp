#include "indexer/extract/pdf_running_lines.h"

#include <string>
#include <vector>

#include "indexer/extract/pdf.h"
#include "search/schema/indexed_text.h"
#include "tests/catch.h"
#include "tests/indexer/extract/pdf_writer.h"

using namespace carrel::indexer;
using namespace carrel::tests;

namespace {

/// A line of text at a height from the bottom of US Letter (792 points).
std::string at(double x, double y, const std::string& text, double size = 12) {
  return "BT /F1 " + std::to_string(size) + " Tf " + std::to_string(x) + " " + std::to_string(y) + " Td (" +
         text + ") Tj ET\n";
}

/// Five lines of text that no other page has, from 680 points downwards.
std::string body(int page) {
  constexpr const char* kSubjects[] = {"Shelters", "Courts", "Schools", "Clinics", "Unions", "Embassies"};
  constexpr const char* kVerbs[] = {"open", "refuse", "train", "protect", "advise", "count", "report"};
  std::string content;
  for (int line = 0; line < 5; ++line) {
    content += at(72, 680 - 15 * line,
                  std::string(kSubjects[(page + line) % 6]) + " " + kVerbs[(page * 3 + line) % 7] +
                      " people in district " + std::string(1, static_cast<char>('a' + page)) +
                      std::string(1, static_cast<char>('k' + line)));
  }
  return content;
}

std::vector<Page> read(PdfWriter& writer) {
  Answer answer = read_pdf(writer.str());
  REQUIRE(answer.has_value());
  return std::move(answer->pages);
}

std::string indexed(const Page& page) {
  return carrel::schema::indexed_text(page.text, page.unindexed);
}

}  // namespace

TEST_CASE("A head that every page repeats stays on the page and out of the index") {
  PdfWriter writer;
  for (int i = 0; i < 6; ++i) {
    writer.page(at(72, 750, "Bulletin of the Lantern Program") + body(i) +
                at(290, 40, "Page " + std::to_string(i + 1) + " of 6"));
  }
  const auto pages = read(writer);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    CAPTURE(pages[i].text);
    CHECK(pages[i].text.starts_with("Bulletin of the Lantern Program\n"));
    CHECK(pages[i].text.ends_with("\nPage " + std::to_string(i + 1) + " of 6"));
    CHECK(indexed(pages[i]).find("Bulletin") == std::string::npos);
    CHECK(indexed(pages[i]).find("of 6") == std::string::npos);
    CHECK(indexed(pages[i]).find("people in district") != std::string::npos);
  }
}

TEST_CASE("Left and right pages have heads of their own, chapters change them") {
  PdfWriter writer;
  for (int i = 0; i < 16; ++i) {
    const std::string chapter = i < 8 ? "Labor Trafficking" : "Housing First";
    const std::string number = std::to_string(i + 40);
    const std::string head = i % 2 == 0 ? at(72, 752, number) + at(300, 752, "Lantern Handbook", 9)
                                        : at(200, 752, chapter, 9) + at(520, 752, number);
    writer.page(head + body(i));
  }
  const auto pages = read(writer);
  for (const Page& page : pages) {
    CAPTURE(page.text);
    for (const char* gone : {"Handbook", "Labor Trafficking", "Housing First", "4", "5"}) {
      CHECK(indexed(page).find(gone) == std::string::npos);
    }
    CHECK_FALSE(page.unindexed.empty());
  }
}

TEST_CASE("Page numbers are known by their counting: plain, Roman, between dashes, with a prefix") {
  struct Row {
    const char* description;
    std::vector<std::string> numbers;
  };
  for (const Row& row :
       {Row{"plain", {"7", "8", "9", "10", "11"}}, Row{"Roman", {"ii", "iii", "iv", "v", "vi"}},
        Row{"dashes", {"- 1 -", "- 2 -", "- 3 -", "- 4 -", "- 5 -"}},
        Row{"prefix", {"A-1", "A-2", "A-3", "A-4", "A-5"}},
        Row{"Spanish", {"P\\341gina 1", "P\\341gina 2", "P\\341gina 3", "P\\341gina 4", "P\\341gina 5"}}}) {
    CAPTURE(row.description);
    PdfWriter writer;
    for (int i = 0; i < 5; ++i) writer.page(body(i) + at(300, 40, row.numbers[static_cast<std::size_t>(i)]));
    for (const Page& page : read(writer)) {
      CAPTURE(page.text);
      CHECK(page.unindexed.size() == 1);
      CHECK(indexed(page).ends_with("o"));
    }
  }
}

TEST_CASE("A number at the foot of a page that does not count is text") {
  PdfWriter writer;
  for (const char* number : {"1998", "12", "4", "371", "88"})
    writer.page(body(*number) + at(300, 40, number));
  for (const Page& page : read(writer)) CHECK(page.unindexed.empty());
}

TEST_CASE("A document of two pages has no running heads") {
  PdfWriter writer;
  for (int i = 0; i < 2; ++i) writer.page(at(72, 750, "Know Your Rights") + body(i));
  for (const Page& page : read(writer)) CHECK(page.unindexed.empty());
}

TEST_CASE("In a document of few pages all but one must have the head") {
  PdfWriter writer;
  for (int i = 0; i < 5; ++i)
    writer.page((i < 3 ? at(72, 750, "Know Your Rights") : std::string()) + body(i));
  for (const Page& page : read(writer)) CHECK(page.unindexed.empty());
}

TEST_CASE("Rows of a table that repeat on every page are text") {
  PdfWriter writer;
  for (int i = 0; i < 6; ++i) {
    std::string content;
    for (int row = 0; row < 40; ++row) {
      const double y = 752 - 14 * row;
      content += at(72, y, row == 0 ? "County" : row % 2 == 1 ? "Adults" : "Minors");
      content += at(200, y, row == 0 ? "Victims" : std::to_string((i * 40 + row) * 37 % 101));
    }
    writer.page(content);
  }
  for (const Page& page : read(writer)) {
    CAPTURE(page.text);
    CHECK(page.unindexed.empty());
  }
}

TEST_CASE("Captions that count, and titles of slides, are text") {
  PdfWriter tables;
  for (int i = 0; i < 6; ++i) tables.page(at(72, 750, "Table " + std::to_string(i + 1)) + body(i));
  for (const Page& page : read(tables)) CHECK(page.unindexed.empty());
  PdfWriter slides;
  for (int i = 0; i < 12; ++i) {
    slides.page(at(72, 740, i < 4 ? "Warning Signs" : i < 8 ? "What To Do" : "Whom To Call", 28) + body(i));
  }
  for (const Page& page : read(slides)) CHECK(page.unindexed.empty());
}

TEST_CASE("What repeats in the middle of the pages is text") {
  PdfWriter writer;
  for (int i = 0; i < 6; ++i) writer.page(body(i) + at(72, 400, "Call the hotline now"));
  for (const Page& page : read(writer)) CHECK(page.unindexed.empty());
}

TEST_CASE("Copies of one sheet are no document with running heads") {
  PdfWriter writer;
  for (int i = 0; i < 6; ++i)
    writer.page(at(72, 750, "Application for Assistance") + body(1) + at(72, 300, "Signature"));
  for (const Page& page : read(writer)) CHECK(page.unindexed.empty());
}
