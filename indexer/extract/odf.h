// Reading OpenDocument files: texts, presentations and spreadsheets (.odt, .odp, .ods).
#pragma once

#include <string_view>

#include "indexer/extract/answer_codec.h"

namespace carrel::indexer {

/// A text is split at its headings, with footnotes at the end of their section; a presentation has one Page a
/// slide with its notes; a spreadsheet one Page a sheet. Deleted text, comments, headers, footers and tables
/// of contents are left out; a hidden slide is an empty Page, a hidden sheet none, both with the warning
/// `hidden-content`. `format` is "odt", "odp" or "ods". Failures: damaged, encrypted, too-large.
Answer read_odf(std::string_view bytes, std::string_view format);

}  // namespace carrel::indexer
