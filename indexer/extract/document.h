// From bytes to an Extraction, whatever the format: the one place that knows all the readers.
#pragma once

#include <string>
#include <string_view>

#include "indexer/extract/answer_codec.h"
#include "indexer/extract/format.h"

namespace carrel::indexer {

/// Reads a document. Pure: the same bytes and format_hint() yield the same answer. Runs unprotected in the
/// calling process; ExtractorPool calls it in a child. Not thread-safe (Poppler).
Answer read_document(std::string_view bytes, std::string_view name);

/// Loads what the readers' libraries would otherwise load lazily, when files may no longer be opened.
void warm_up_readers();

}  // namespace carrel::indexer
