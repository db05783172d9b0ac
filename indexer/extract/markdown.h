// Reading Markdown.
#pragma once

#include <string_view>

#include "indexer/extract/answer_codec.h"

namespace carrel::indexer {

/// CommonMark with GitHub's tables, split at its headings as a web page is; the markup is gone, texts of
/// links and pictures stay. Title, date, language, authors, description and tags come from front matter
/// between
/// "---" or "+++" lines; the title else from the first heading.
Answer read_markdown(std::string_view bytes);

}  // namespace carrel::indexer
