// Reading PDF with Poppler's core.
#pragma once

#include <string_view>

#include "indexer/extract/answer_codec.h"

namespace carrel::indexer {

/// One Page for every page of the PDF, empty ones too. Failures: encrypted (no text without a password),
/// damaged. Not thread-safe; `bytes` must live until it returns.
Answer read_pdf(std::string_view bytes);

/// Loads Poppler's tables and silences its messages. Called by read_pdf(); early in a child, before the
/// sandbox.
void warm_up_pdf();

}  // namespace carrel::indexer
