#include "indexer/extraction_memory.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "indexer/extract/document.h"

namespace carrel::indexer {
namespace {

/// Failures that the same bytes will end in every time.
constexpr std::array<std::string_view, 4> kLasting{"damaged", "encrypted", "unsupported-format",
                                                   "empty-file"};

/// With more time, a document that was cut short may be read to its end.
bool is_whole(const Extraction& extraction) {
  return std::ranges::none_of(extraction.warnings,
                              [](const Warning& warning) { return warning.code == "cut-short"; });
}

bool lasts(const Answer& answer) {
  if (answer) return is_whole(*answer);
  return std::ranges::find(kLasting, answer.error().code) != kLasting.end();
}

std::string version() {
  return fmt::format("{}.{}", kExtractorVersion, kAnswerVersion);
}

MemoryKey key_of(std::string_view digest, std::string_view name) {
  return {.kind = MemoryKind::extraction, .content = std::string(digest), .detail = format_hint(name)};
}

}  // namespace

std::optional<Answer> ExtractionMemory::recall(std::string_view digest, std::string_view name) {
  const std::optional<std::string> bytes = file_.get(key_of(digest, name), version());
  return bytes ? decode_answer(*bytes) : std::nullopt;
}

void ExtractionMemory::remember(std::string_view digest, std::string_view name, const Answer& answer) {
  if (lasts(answer)) file_.put(key_of(digest, name), version(), encode_answer(answer));
}

void ExtractionMemory::end_run(const Ledger& ledger) {
  file_.end_run(ledger.contents());
}

}  // namespace carrel::indexer
