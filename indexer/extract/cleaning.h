// From the raw text of a page to the clean text that Page::text promises.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace carrel::indexer {

/// What a '\n' in raw text means. A blank line, '\f', U+2028 and U+2029 always end a paragraph.
enum class LineEnds {
  paragraphs,  ///< every '\n' ends a paragraph (HTML, transcripts)
  lines,  ///< a '\n' is only where a line of print ended (PDF): it becomes a space, hyphenation is undone
};

/// Cleans the pages of one document in place: ill-formed UTF-8 becomes U+FFFD, then NFC, ligatures opened,
/// soft hyphens, zero-width, bidirectional and control characters gone, private-use characters turned into
/// blanks, runs of blanks collapsed, paragraphs separated by one '\n'.
///
/// With LineEnds::lines, a hyphen at a line's end is decided by the whole document's words: it goes when the
/// joined word occurs elsewhere in it, or when not both halves stand alone as words; it stays when the
/// hyphenated form occurs, beside digits, after a single letter and before a capital.
void clean_pages(std::vector<std::string>& pages, LineEnds line_ends);

/// One text on its own, every '\n' kept as a paragraph's end.
std::string clean_text(std::string_view raw);

/// A value of one line (a title, a name): as clean_text, and '\n' becomes a space.
std::string clean_line(std::string_view raw);

}  // namespace carrel::indexer
