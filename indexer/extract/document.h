// From bytes to an Extraction, whatever the format: the one place that knows all the readers.
#pragma once

#include <string>
#include <string_view>

#include "indexer/extract/answer_codec.h"

namespace carrel::indexer {

enum class DocumentFormat { pdf, html, transcript, unknown };

/// The format of a document by its first bytes; its name only decides what bytes leave open (a fragment of
/// HTML without a doctype, subtitles that begin with text).
DocumentFormat recognise_format(std::string_view bytes, std::string_view name);

/// All that may be known of a document's name: its ending, lower case, with the dot; empty when it has none.
std::string format_hint(std::string_view name);

/// Reads a document. Pure: the same bytes and format_hint() yield the same answer. Runs unprotected in the
/// calling process; ExtractorPool calls it in a child. Not thread-safe (Poppler).
Answer read_document(std::string_view bytes, std::string_view name);

/// Loads what the readers' libraries would otherwise load lazily, when files may no longer be opened.
void warm_up_readers();

}  // namespace carrel::indexer
