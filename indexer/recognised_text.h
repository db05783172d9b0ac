// Putting recognised text in the place of the text that a scan does not have.
#pragma once

#include <cstddef>
#include <vector>

#include "indexer/extract/extraction.h"
#include "indexer/page_recogniser.h"

namespace carrel::indexer {

/// Numbers (from 1) of the pages that cannot be read without recognition.
std::vector<int> unread_pages(const Extraction& extraction);

/// Fills the pages of `extraction` with what was recognised, cleaned like other text, and tells so in
/// warnings: `ocr`, `ocr-low-confidence`, `ocr-failed`. A page with hardly a word in it stays empty. Its
/// language, when the document has none, becomes that of most of the text. Returns how many pages nobody has
/// tried yet.
std::size_t apply_recognition(Extraction& extraction, const RecognisedScan& scan);

}  // namespace carrel::indexer
