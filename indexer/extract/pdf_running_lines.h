// Finds the running heads, running feet and page numbers of a document: lines at the edges of its pages that
// belong to the paper and not to the text.
#pragma once

#include <vector>

#include "indexer/extract/pdf_layout.h"

namespace carrel::indexer {

/// Sets PrintLine::place of all lines that run through the document. A line runs when all of this holds:
/// - it stands in the upper or lower sixth of its page, and nothing but such lines stands between it and the
///   edge;
/// - at least three pages near each other (every page, every other page) have the same text at the same
///   height, numbers apart, which must stay or grow with the pages. In documents of three to five pages all
///   but one of them must have it; shorter ones have no running lines;
/// - a gap parts it from the text, on most of these pages, so that neither repeated heads of tables nor rows
///   that repeat are taken for one; page numbers that count the pages need no gap;
/// - it is not set larger than the text, as titles of slides are, unless most pages of the document have it.
/// Pages that are copies of each other count once.
void mark_running_lines(std::vector<PrintPage>& pages);

}  // namespace carrel::indexer
