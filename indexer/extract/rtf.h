// Reading Rich Text Format (specification 1.9.1).
#pragma once

#include <string_view>

#include "indexer/extract/answer_codec.h"

namespace carrel::indexer {

/// The text of an RTF document in reading order, split at its headings: every code page, Unicode, tables row
/// by row, footnotes at the end of their section, results of fields. Headers, footers, pictures, deleted and
/// hidden text and unknown destinations are left out. Failure: damaged.
Answer read_rtf(std::string_view bytes);

}  // namespace carrel::indexer
