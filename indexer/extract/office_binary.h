// Compound files (OLE): the office formats before 2007, and what newer programs wrap encrypted files in.
#pragma once

#include <string_view>

#include "indexer/extract/extraction.h"

namespace carrel::indexer {

bool is_compound_file(std::string_view bytes);

/// Why a compound file is not read: `encrypted` for an encrypted docx, xlsx or pptx, else
/// `unsupported-format` with what to do.
ExtractionFailure explain_compound_file(std::string_view bytes);

}  // namespace carrel::indexer
