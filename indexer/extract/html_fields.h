// What a web page says of itself: links, JSON-LD, Dublin Core, Open Graph, meta, headings.
#pragma once

#include <vector>

#include "indexer/extract/found_fields.h"
#include "indexer/extract/markup_tree.h"

namespace carrel::indexer {

/// Adds the fields of a page in order of precedence: canonical link; JSON-LD; dc.* and dcterms.*; og:* and
/// article:*; plain meta; lang; the first `<h1>` of the content; `<title>`. Addresses only with http or
/// https.
void read_html_fields(const MarkupTree& tree, const std::vector<bool>& content, FoundFields& found);

/// True when a robots meta says "noindex" or "none".
bool asks_not_to_be_indexed(const MarkupTree& tree);

}  // namespace carrel::indexer
