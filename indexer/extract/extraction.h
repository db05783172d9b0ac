// What a document yields when it is read: pages of text and what it says about itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/schema/fields.h"
#include "search/schema/indexed_text.h"

namespace carrel::indexer {

/// Whether a page's text can be read.
enum class TextLayer : std::uint8_t {
  text,        ///< it has text, or nothing to read at all
  none,        ///< a picture with no text but perhaps a stamp: a scan
  unreadable,  ///< its text is garbage (fonts without a key to their letters); `Page::text` leaves it out
};

/// One page of a PDF, one section of an HTML page or a text (heading up to the next), one slide, one sheet,
/// one chapter of a book, one stretch of a transcript. `text` is what people see: valid UTF-8, NFC, ligatures
/// opened, soft hyphens and line-end hyphenation undone, paragraphs separated by '\n', no other control
/// characters.
struct Page {
  std::string text;
  std::string label;              ///< page label of a PDF ("iv", "A-3"), page of a text file; may be empty
  std::string heading;            ///< heading that the page stands under; may be empty
  std::string anchor;             ///< id of the heading's element in HTML, without '#'; may be empty
  std::optional<double> seconds;  ///< start of a transcript's stretch
  std::string language;           ///< BCP 47, where the page's is not that of the document; else empty
  std::vector<schema::TextRange> unindexed;  ///< running heads, page numbers: not indexed, no positions
  TextLayer text_layer = TextLayer::text;
};

/// A value that a document gives for one of its fields, and where in the document it stood.
struct FoundField {
  schema::FieldId field;
  std::string value;
  std::string
      source;  ///< for people: "PDF Info", "XMP dc:title", "meta og:title", "JSON-LD", "<h1>", "file name"…
};

/// A warning of the report. `code` is stable (lower case, hyphens), `text` one sentence.
struct Warning {
  std::string code;
  std::string text;
};

/// A document as read. `found` is in order of precedence: of a field with one value the first wins.
struct Extraction {
  std::string format;  ///< "pdf", "html", "transcript", "docx", "pptx", "xlsx", "odt", "odp", "ods", "epub",
                       ///< "rtf", "txt", "md"
  std::vector<Page> pages;
  std::vector<FoundField> found;
  std::vector<Warning> warnings;
  bool noindex = false;  ///< the document asks not to be indexed (robots)
  /// Where a web page leads, each target once, in order, at most kMostLinks: web addresses, and paths
  /// relative to the page as written (percent-encoded or not) or, with `<base href>`, resolved against it.
  /// Without fragments; other schemes (mailto:, javascript:) are left out.
  std::vector<std::string> links;
};

inline constexpr std::size_t kMostLinks = 2000;

/// Why a document could not be read: a stable reason code and a sentence.
/// Codes: empty-file, unsupported-format, encrypted, damaged, too-large, unreadable, timeout, memory,
/// crashed.
struct ExtractionFailure {
  std::string code;
  std::string text;
};

/// Changes whenever the same bytes would yield another Extraction; files read by an older one are read again.
inline constexpr int kExtractorVersion = 2;

}  // namespace carrel::indexer
