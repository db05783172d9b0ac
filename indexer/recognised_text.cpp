#include "indexer/recognised_text.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "indexer/extract/cleaning.h"

namespace carrel::indexer {
namespace {

// What Tesseract sees in photographs and stains: measured below 20, while the worst of readable print is
// above 45.
constexpr double kNoise = 25;

/// "3, 5-9 and 12".
std::string page_list(const std::vector<int>& pages) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < pages.size();) {
    std::size_t last = i;
    while (last + 1 < pages.size() && pages[last + 1] == pages[last] + 1) ++last;
    parts.push_back(last == i ? fmt::format("{}", pages[i]) : fmt::format("{}-{}", pages[i], pages[last]));
    i = last + 1;
  }
  if (parts.size() < 2) return parts.empty() ? "" : parts.front();
  const std::string end = std::move(parts.back());
  parts.pop_back();
  return fmt::format("{} and {}", fmt::join(parts, ", "), end);
}

bool has_language(const Extraction& extraction) {
  return std::ranges::find(extraction.found, schema::FieldId::language, &FoundField::field) !=
         extraction.found.end();
}

}  // namespace

std::vector<int> unread_pages(const Extraction& extraction) {
  std::vector<int> pages;
  for (std::size_t i = 0; i < extraction.pages.size(); ++i) {
    if (extraction.pages[i].text_layer != TextLayer::text) pages.push_back(static_cast<int>(i) + 1);
  }
  return pages;
}

std::size_t apply_recognition(Extraction& extraction, const RecognisedScan& scan) {
  std::vector<int> unsure;
  std::map<std::string, std::vector<int>> failed;
  std::vector<int> recognised;
  std::vector<std::string> texts;
  std::map<std::string, std::size_t> languages;
  for (const auto& [number, result] : scan.pages) {
    if (number < 1 || static_cast<std::size_t>(number) > extraction.pages.size()) continue;
    if (!result) {
      failed[result.error().code].push_back(number);
      continue;
    }
    recognised.push_back(number);
    texts.push_back(result->confidence < kNoise ? "" : result->text);
    if (!texts.back().empty()) languages[result->language] += texts.back().size();
    if (!texts.back().empty() && result->confidence < kLowConfidence) unsure.push_back(number);
  }
  clean_pages(texts, LineEnds::lines);
  std::string language;
  if (has_language(extraction) == false && !languages.empty()) {
    language = std::ranges::max_element(languages, {}, [](const auto& one) { return one.second; })->first;
    if (!language.empty())
      extraction.found.push_back({schema::FieldId::language, language, "recognised text"});
  }
  for (std::size_t i = 0; i < recognised.size(); ++i) {
    Page& page = extraction.pages[static_cast<std::size_t>(recognised[i]) - 1];
    page.text = std::move(texts[i]);
    page.unindexed.clear();
  }
  const std::size_t unread = unread_pages(extraction).size();
  const auto warn = [&](std::string code, std::string text) {
    extraction.warnings.push_back({std::move(code), std::move(text)});
  };
  if (!recognised.empty()) {
    warn("ocr", fmt::format("{} of {} pages were recognised in their pictures ({})", recognised.size(),
                            extraction.pages.size(), scan.languages));
  }
  if (!unsure.empty()) {
    warn("ocr-low-confidence",
         fmt::format("Much of what was recognised on page {} is likely wrong; a better scan would help",
                     page_list(unsure)));
  }
  for (const auto& [code, pages] : failed) {
    warn("ocr-failed", fmt::format("Page {} could not be recognised ({})", page_list(pages), code));
  }
  return unread - std::min(unread, scan.pages.size());
}

}  // namespace carrel::indexer
