// Where a web page leads.
#pragma once

#include <string>
#include <vector>

#include "indexer/extract/markup_tree.h"

namespace carrel::indexer {

/// The targets of a page's links and image maps, as Extraction::links promises them: hidden ones and those of
/// the navigation too.
std::vector<std::string> read_links(const MarkupTree& tree);

}  // namespace carrel::indexer
