// Reading PowerPoint presentations (.pptx, .ppsx, .pptm).
#pragma once

#include <string_view>

#include "indexer/extract/answer_codec.h"

namespace carrel::indexer {

/// One Page a slide, in the order of the show, so that the number of a Page is the number of its slide: the
/// title as heading, then the text of its shapes, tables, diagrams and alternative texts, then the speaker's
/// notes. A hidden slide is an empty Page and one warning `hidden-content` for all of them. Failures:
/// damaged, encrypted, too-large.
Answer read_pptx(std::string_view bytes);

}  // namespace carrel::indexer
