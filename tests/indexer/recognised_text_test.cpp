#include "indexer/recognised_text.h"

#include <algorithm>

#include "tests/catch.h"

using namespace carrel::indexer;

namespace {

Extraction scan(std::size_t pages) {
  Extraction extraction;
  extraction.format = "pdf";
  extraction.pages.resize(pages);
  for (Page& page : extraction.pages) page.text_layer = TextLayer::none;
  return extraction;
}

RecognisedPage page(std::string text, double confidence = 95, std::string language = "en") {
  return {.text = std::move(text), .confidence = confidence, .language = std::move(language)};
}

std::string warning(const Extraction& extraction, std::string_view code) {
  const auto found = std::ranges::find(extraction.warnings, code, &Warning::code);
  return found == extraction.warnings.end() ? "" : found->text;
}

}  // namespace

TEST_CASE("Recognised text takes the place of the missing one, cleaned as print is") {
  Extraction extraction = scan(3);
  extraction.pages[1] = {.text = "typed", .text_layer = TextLayer::text};
  CHECK(unread_pages(extraction) == std::vector<int>{1, 3});
  RecognisedScan known{.tag = 0, .languages = "eng", .pages = {}};
  known.pages.emplace(1, page("The serv-\nices of the pro\xef\xac\x81le\n\nSecond paragraph\n"));
  known.pages.emplace(3, page("Services for all\n"));
  CHECK(apply_recognition(extraction, known) == 0);
  CHECK(extraction.pages[0].text == "The services of the profile\nSecond paragraph");
  CHECK(extraction.pages[1].text == "typed");
  CHECK(warning(extraction, "ocr") == "2 of 3 pages were recognised in their pictures (eng)");
  CHECK(warning(extraction, "ocr-low-confidence").empty());
}

TEST_CASE("The document's language is that of most of the text, unless it says one itself") {
  Extraction extraction = scan(2);
  RecognisedScan known{.tag = 0, .languages = "eng+spa", .pages = {}};
  known.pages.emplace(1, page("Hello"));
  known.pages.emplace(2, page("Los servicios para las personas", 90, "es"));
  Extraction declared = extraction;
  declared.found.push_back({carrel::schema::FieldId::language, "fr", "PDF /Lang"});
  apply_recognition(extraction, known);
  REQUIRE(extraction.found.size() == 1);
  CHECK(extraction.found[0].value == "es");
  apply_recognition(declared, known);
  CHECK(declared.found.size() == 1);
}

TEST_CASE("Doubtful pages, noise and failures are told") {
  Extraction extraction = scan(8);
  RecognisedScan known{.tag = 0, .languages = "eng", .pages = {}};
  known.pages.emplace(1, page("sharp"));
  for (const int number : {2, 3, 4, 6}) known.pages.emplace(number, page("b1urred", 50));
  known.pages.emplace(5, page("~ | ;", 10));
  known.pages.emplace(7, std::unexpected(ExtractionFailure{"timeout", "It was not read within 180 seconds"}));
  CHECK(apply_recognition(extraction, known) == 1);
  CHECK(extraction.pages[1].text == "b1urred");
  CHECK(extraction.pages[4].text.empty());
  CHECK(
      warning(extraction, "ocr-low-confidence").starts_with("Much of what was recognised on page 2-4 and 6"));
  CHECK(warning(extraction, "ocr-failed") == "Page 7 could not be recognised (timeout)");
}
