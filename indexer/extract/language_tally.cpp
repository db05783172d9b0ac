#include "indexer/extract/language_tally.h"

#include <algorithm>
#include <optional>

#include "indexer/extract/language.h"

namespace carrel::indexer {
namespace {

// Enough for the detector to be sure.
constexpr std::size_t kSampleBytes = 16 * 1024;

std::string_view primary(std::string_view tag) {
  return tag.substr(0, tag.find('-'));
}

}  // namespace

void LanguageTally::declare(std::string_view default_tag, const std::vector<Page>& pages,
                            FoundFields& found) const {
  const auto most = std::ranges::max_element(
      bytes_, {}, [](const std::pair<const std::string, std::size_t>& one) { return one.second; });
  const bool own = most != bytes_.end() && !most->first.empty();
  const std::optional<std::string> tag =
      canonical_language(own ? std::string_view(most->first) : default_tag);
  if (!tag) return;
  std::string sample;
  for (const Page& page : pages) {
    if (sample.size() >= kSampleBytes) break;
    sample += page.text.substr(0, kSampleBytes) + "\n";
  }
  const std::optional<std::string> detected = detect_language(sample);
  if (detected && primary(*detected) != primary(*tag)) return;
  found.add_language(*tag, own ? "language of the text" : "default language");
}

}  // namespace carrel::indexer
