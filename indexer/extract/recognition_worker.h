// A child that recognises the text of a scanned page, and what its parent asks it.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "indexer/extract/answer_codec.h"
#include "indexer/extract/extractor_pool.h"
#include "indexer/extract/recognition.h"

namespace carrel::indexer {

/// First argument of a program that is to be a child which recognises.
inline constexpr const char* kRecognitionWorkerArgument = "__recognition-worker";

/// Which page of a PDF to read, in which languages of Tesseract ("eng+spa").
struct RecognitionQuestion {
  int page = 1;
  std::string languages;
};

/// The question as it travels to the child.
std::string to_question(const RecognitionQuestion& question);

/// What was recognised on a page. `language` is the one of the text as detected (BCP 47), may be empty.
struct RecognisedPage {
  std::string text;
  double confidence = 0;
  std::string language;
};

/// The page out of a child's answer, checked.
std::expected<RecognisedPage, ExtractionFailure> to_page(const Answer& answer);

/// Draws the page that `question` names and recognises its text. Failures: encrypted, damaged, unreadable.
Answer recognise_page(TextRecogniser& recogniser, std::string_view bytes, std::string_view question);

/// What one page may cost: a dense page takes six seconds, in two languages ten, and 300 MB.
ExtractionLimits recognition_limits();

/// The main function of such a child, as extract_worker_main().
int recognition_worker_main();

}  // namespace carrel::indexer
