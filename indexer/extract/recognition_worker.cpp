#include "indexer/extract/recognition_worker.h"

#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "indexer/extract/cleaning.h"
#include "indexer/extract/document.h"
#include "indexer/extract/language.h"
#include "indexer/extract/page_picture.h"
#include "indexer/extract/worker.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

constexpr std::string_view kFormat = "recognised-page";
constexpr std::string_view kConfidence = "confidence";

std::optional<RecognitionQuestion> parse_question(std::string_view text) {
  RecognitionQuestion question;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), question.page);
  if (error != std::errc{} || end == text.data() + text.size() || *end != ' ') return std::nullopt;
  question.languages = std::string(end + 1, text.data() + text.size());
  return question;
}

std::unexpected<ExtractionFailure> not_understood() {
  return std::unexpected(ExtractionFailure{"crashed", "Its reader gave an answer that cannot be understood"});
}

}  // namespace

std::string to_question(const RecognitionQuestion& question) {
  return fmt::format("{} {}", question.page, question.languages);
}

std::expected<RecognisedPage, ExtractionFailure> to_page(const Answer& answer) {
  if (!answer) return std::unexpected(answer.error());
  if (answer->format != kFormat || answer->pages.size() != 1 || answer->warnings.size() != 1 ||
      answer->warnings[0].code != kConfidence)
    return not_understood();
  RecognisedPage page{.text = answer->pages[0].text, .confidence = 0, .language = answer->pages[0].language};
  const std::string& number = answer->warnings[0].text;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), page.confidence);
  if (error != std::errc{} || !std::isfinite(page.confidence)) return not_understood();
  return page;
}

Answer recognise_page(TextRecogniser& recogniser, std::string_view bytes, std::string_view question) {
  const auto asked = parse_question(question);
  if (!asked) return std::unexpected(ExtractionFailure{"unreadable", "Nobody said which page to read"});
  const auto picture = draw_page(bytes, asked->page);
  if (!picture) return std::unexpected(picture.error());
  auto recognised = recogniser.recognise(*picture, asked->languages);
  if (!recognised) return std::unexpected(ExtractionFailure{"unreadable", recognised.error().message});
  Extraction page;
  page.format = kFormat;
  page.pages.resize(1);
  page.pages[0].text = schema::repair_utf8(recognised->text);
  if (const auto language = detect_language(clean_text(page.pages[0].text)))
    page.pages[0].language = *language;
  page.warnings.push_back({std::string(kConfidence), fmt::format("{:.1f}", recognised->confidence)});
  return page;
}

ExtractionLimits recognition_limits() {
  ExtractionLimits limits;
  limits.wall = std::chrono::minutes(3);
  limits.memory_bytes = std::uint64_t{2} << 30;
  limits.answer_bytes = std::uint64_t{16} << 20;
  return limits;
}

int recognition_worker_main() {
  TextRecogniser recogniser;
  return serve_documents(
      [&](std::string_view bytes, std::string_view question) {
        return recognise_page(recogniser, bytes, question);
      },
      &warm_up_readers,
      // Fonts that a page names but does not bring are drawn with those of the system.
      {language_folder(), "/usr/share/fonts", "/etc/fonts", "/usr/share/fontconfig",
       "/var/cache/fontconfig"});
}

}  // namespace carrel::indexer
