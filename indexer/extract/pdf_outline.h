// Page labels and outline of a PDF.
#pragma once

#include <vector>

#include "indexer/extract/extraction.h"

class PDFDoc;

namespace carrel::indexer {

/// Sets Page::label of pages that have one.
void read_page_labels(PDFDoc& doc, std::vector<Page>& pages);

/// Sets Page::heading: a page stands under the first entry of the outline that points to it; without one,
/// under the last entry before it. False when the document has no outline that leads anywhere.
bool read_outline(PDFDoc& doc, std::vector<Page>& pages);

}  // namespace carrel::indexer
