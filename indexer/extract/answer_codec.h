// The answer of a child as bytes. The reader trusts nothing: a child may have been taken over by its
// document.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "indexer/extract/extraction.h"

namespace carrel::indexer {

using Answer = std::expected<Extraction, ExtractionFailure>;

/// First number of every encoded answer; changes with its layout. Integers are little-endian, strings a
/// 32-bit length and their bytes. Both ends of a socket between processes of one program speak it, and the memory
/// of extractions keeps it beside this number.
inline constexpr std::uint32_t kAnswerVersion = 2;

std::string encode_answer(const Answer& answer);

/// Nothing when `bytes` is not exactly one well-formed answer: every length in bounds, every string valid
/// UTF-8, ranges inside their page's text, known fields and failure codes, finite times, as many pages as fit
/// into the bytes. Control characters become blanks.
std::optional<Answer> decode_answer(std::string_view bytes);

}  // namespace carrel::indexer
