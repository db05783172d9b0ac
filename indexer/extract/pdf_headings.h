// Section titles of a PDF that has no outline: lines set larger than its text.
#pragma once

#include <string>
#include <vector>

#include "indexer/extract/pdf_layout.h"

namespace carrel::indexer {

/// The heading that each page stands under: its own first one, else the last of the pages before it; empty
/// before the first. A heading is one or two lines of the body, set at least a fifth larger than most of the
/// document, with letters and without the full stop of a sentence, in a size that heads at least two pages.
/// `title` is no heading: it stands over all of them. All empty when fewer than two pages have one.
std::vector<std::string> headings_by_size(const std::vector<PrintPage>& pages, const std::string& title);

/// The size in points in which most of the document's text is set; 0 without text.
double common_font_size(const std::vector<PrintPage>& pages);

}  // namespace carrel::indexer
