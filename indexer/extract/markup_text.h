// All that a piece of markup shows: for pages without navigation around them, as chapters of books.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/extraction.h"

namespace carrel::indexer {

/// The sections of a page by its headings, nothing of its body left out but what is hidden.
std::vector<Page> split_whole_page(std::string html);

}  // namespace carrel::indexer
