// The last step of every reader of office files: what was read becomes an answer, with the warnings that all
// of them share.
#pragma once

#include "indexer/extract/answer_codec.h"
#include "indexer/extract/found_fields.h"

namespace carrel::indexer {

/// How the reading went.
struct ReadingState {
  bool damaged = false;  ///< a part is not well-formed or cannot be unpacked
  bool cut = false;      ///< there was more text than is kept
};

/// Puts the fields into the extraction and warns: `partly-damaged`, `cut-short`, `no-title`, `no-text`.
/// Failure: damaged, when parts are damaged and nothing could be read.
Answer finish_document(Extraction&& extraction, FoundFields&& found, ReadingState state);

/// True when no page has text.
bool shows_nothing(const std::vector<Page>& pages);

}  // namespace carrel::indexer
