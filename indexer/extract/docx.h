// Reading Word documents (.docx, .docm, .dotx).
#pragma once

#include <string_view>

#include "indexer/extract/answer_codec.h"

namespace carrel::indexer {

/// The text of a Word document in reading order, split at its headings: paragraphs, lists, tables row by row,
/// text boxes, alternative texts, and footnotes at the end of their section. Deleted and hidden text,
/// comments, headers, footers and tables of contents are left out. Failures: damaged, encrypted, too-large.
Answer read_docx(std::string_view bytes);

}  // namespace carrel::indexer
