// Reading text files.
#pragma once

#include <string_view>

#include "indexer/extract/answer_codec.h"

namespace carrel::indexer {

/// A text in whatever charset: form feeds part its pages, which are then numbered; else it is parted where it
/// grows long. Blank lines part paragraphs, and so does every line's end unless the lines were broken to one
/// width. A short first line that stands alone is the title.
Answer read_plain_text(std::string_view bytes);

}  // namespace carrel::indexer
