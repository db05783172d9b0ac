// Titles that are none: what word processors and scanners leave in a document's metadata.
#pragma once

#include <string_view>

namespace carrel::indexer {

/// True for a title (clean, one line) that names no document: empty, a file name or path, "Microsoft Word -
/// …", "Untitled", "Document1", "PowerPoint Presentation", a bare number, a template's words.
bool is_junk_title(std::string_view title);

}  // namespace carrel::indexer
