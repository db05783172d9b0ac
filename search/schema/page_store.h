// Where a page's text lies: one entry of Xapian's user metadata a page, so that a passage reads the page it
// shows and never the whole report. Keys hang on the resource's id, not on a document number, which merging
// changes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/schema/indexed_text.h"
#include "search/schema/result.h"

namespace carrel::schema {

/// A page (of a PDF), section (HTML) or stretch (transcript) as stored.
struct PageEntry {
  std::string label;                 ///< page label of a PDF
  std::string heading;               ///< heading that it stands under
  std::string anchor;                ///< HTML anchor without '#'
  std::optional<double> seconds;     ///< start in a transcript
  std::string language;              ///< BCP 47, where it is not that of the resource; else empty
  std::string text;                  ///< plain text, UTF-8; its indexed tokens have consecutive positions
  std::vector<TextRange> unindexed;  ///< running heads, page numbers: see indexed_text.h

  friend bool operator==(const PageEntry&, const PageEntry&) = default;
};

/// The metadata key of page `number` (from 1) of the resource `id`.
std::string page_key(std::string_view id, std::uint32_t number);

/// The entry as bytes, compressed with zstd where that saves something.
std::string encode_page(const PageEntry& page);

/// Error damaged when the bytes are no page entry.
Result<PageEntry> decode_page(std::string_view bytes);

/// The fragment of a link to this place, with '#' or empty: "#page=12" for a PDF, "#anchor", "#t=754".
std::string locator_fragment(std::string_view format, std::uint32_t number, const PageEntry& page);

}  // namespace carrel::schema
