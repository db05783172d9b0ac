// Subtitles as documents: WebVTT and SubRip (SRT).
#pragma once

#include <string_view>

#include "indexer/extract/answer_codec.h"

namespace carrel::indexer {

/// True for text that begins as WebVTT, or as SubRip: a cue with a time line among its first lines.
bool looks_like_transcript(std::string_view bytes);

/// Cues in the order of their times, gathered into Pages of about a minute or 120 words, each with its start
/// in seconds; a change of speaker (`<v Name>`, ">>") begins a paragraph, "Name: …" where the name is known.
/// Notes, styles, regions, markup and the repeats of rolling captions are left out. Failure: damaged, when
/// there is not one cue.
Answer read_transcript(std::string_view bytes);

}  // namespace carrel::indexer
