// Which nodes of a web page carry its content, and which are navigation, banners and other furniture.
#pragma once

#include <vector>

#include "indexer/extract/markup_tree.h"

namespace carrel::indexer {

/// For each node whether it belongs to the main content. Recall goes before precision: a search engine can do
/// with a few words too many, never with words lost. When nothing looks like content, all that is visible in
/// the body is.
std::vector<bool> select_main_content(const MarkupTree& tree);

}  // namespace carrel::indexer
