// Building a tree of HTML as browsers do, as far as it shows in the text.
#pragma once

#include <string_view>

#include "indexer/extract/markup_tree.h"

namespace carrel::indexer {

/// Calls `tree`'s open(), add_attribute(), add_text() and close() for a page. Follows the tree construction
/// of the HTML Standard, with these differences, none of which loses or reorders text: what stands between
/// the cells of a table stays there; a formatting element that blocks cut across stays open to the end of its
/// parent; nothing nests deeper than 512 elements (as in Blink), what does stands side by side.
void parse_html(std::string_view utf8, MarkupTree& tree);

}  // namespace carrel::indexer
