// Reading books in EPUB 2 and 3.
#pragma once

#include <string_view>

#include "indexer/extract/answer_codec.h"

namespace carrel::indexer {

/// One Page a chapter that has text, in the order of the book's spine; its heading from the table of
/// contents, else from the chapter itself. Long chapters are continued in further Pages of the same heading.
/// Failures: damaged, encrypted (protected against reading by other programs), too-large.
Answer read_epub(std::string_view bytes);

}  // namespace carrel::indexer
