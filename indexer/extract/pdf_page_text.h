// From the printed pages of a PDF to the text of its pages.
#pragma once

#include <string>
#include <vector>

#include "indexer/extract/extraction.h"
#include "indexer/extract/pdf_layout.h"

namespace carrel::indexer {

/// Sets Page::text and Page::unindexed: the running head, the body in reading order, `notes` (what stands in
/// fields and annotations, a paragraph each), the running foot. Heads and feet are not indexed. `prints` and
/// `notes` are used up, one for each page.
void lay_out_pages(std::vector<PrintPage>& prints, std::vector<std::vector<std::string>>& notes,
                   std::vector<Page>& pages);

/// Leaves of a page whose text is garbage the lines that can be read, if any.
void keep_readable_lines(std::vector<PrintLine>& lines);

}  // namespace carrel::indexer
