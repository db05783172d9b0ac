// From the nodes that carry a page's content to its sections.
#pragma once

#include <vector>

#include "indexer/extract/extraction.h"
#include "indexer/extract/markup_tree.h"

namespace carrel::indexer {

/// One Page per heading with the text up to the next, the heading as its first line; text before the first
/// heading is a Page without one. A heading without text of its own joins the section that follows. Blocks,
/// items and rows are paragraphs; cells are set apart by blanks; pictures speak by their `alt`. A section's
/// language is what the `lang` of most of its text says. Never empty: a page without content yields one empty
/// Page.
std::vector<Page> split_sections(const MarkupTree& tree, const std::vector<bool>& content);

/// True for elements that do not begin a new line: a, span, em…
bool is_inline_element(const MarkupName& name);

}  // namespace carrel::indexer
