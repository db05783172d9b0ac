// Languages: tags as documents declare them, and detection where they say nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "indexer/extract/extraction.h"

namespace carrel::indexer {

/// `declared` ("EN_us", "es-mx ", "English") as a canonical BCP 47 tag ("en-US", "es-MX", "en"). Nothing when
/// it names no language ("und", "x-default", junk).
std::optional<std::string> canonical_language(std::string_view declared);

/// The language of a text as a BCP 47 tag, by CLD2; nothing when the text is too short or mixed to tell.
std::optional<std::string> detect_language(std::string_view text);

/// Whether CLD2 knows no language that `text` could be in, or only guesses, though there is enough of it to
/// tell.
bool fits_no_language(std::string_view text);

/// Detects the language of the pages and appends it as the last `language` field ("detected"); warns with
/// `no-language` when the document declares none and with `language-mismatch` when it clearly declares
/// another.
void add_detected_language(Extraction& extraction);

/// Sets Page::language where a page with enough text is clearly in another language than the document, and
/// takes back what its markup says of it where the text clearly is in the document's.
void note_languages_of_pages(Extraction& extraction);

/// Both: add_detected_language and note_languages_of_pages. Where pages clearly in one language make up
/// nearly all of the text, the document is in that language, and its text is not looked at twice.
void note_languages(Extraction& extraction);

}  // namespace carrel::indexer
