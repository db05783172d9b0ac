#include "indexer/extract/package_answer.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "indexer/extract/section_writer.h"

namespace carrel::indexer {

bool shows_nothing(const std::vector<Page>& pages) {
  return std::ranges::all_of(pages, [](const Page& page) { return page.text.empty(); });
}

Answer finish_document(Extraction&& extraction, FoundFields&& found, ReadingState state) {
  const bool nothing = shows_nothing(extraction.pages);
  if (state.damaged && nothing) {
    return std::unexpected(
        ExtractionFailure{"damaged",
                          "It is damaged and nothing in it can be read; open it in the program it "
                          "was made with and save it again"});
  }
  if (state.damaged) {
    extraction.warnings.push_back(
        {"partly-damaged", "A part of the file is damaged; what could be read of it is in the index"});
  }
  if (state.cut) {
    extraction.warnings.push_back(
        {"cut-short", fmt::format("It holds more than {} MB of text; the rest is not in the index",
                                  SectionWriter::kMostText >> 20)});
  }
  if (!found.has(schema::FieldId::title)) {
    extraction.warnings.push_back({"no-title", "The document has neither a title nor a heading"});
  }
  if (nothing) extraction.warnings.push_back({"no-text", "The document shows no text"});
  extraction.found = found.take();
  return std::move(extraction);
}

}  // namespace carrel::indexer
