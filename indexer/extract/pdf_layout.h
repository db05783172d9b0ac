// From the lines of a page, as Poppler orders them, to raw text with paragraphs; and the title by its size.
#pragma once

#include <string>
#include <vector>

namespace carrel::indexer {

/// A line of print in reading order.
struct PrintLine {
  std::string text;
  double left = 0;  ///< in points from the page's left edge, as printed
  double right = 0;
  double font_size = 0;         ///< of its largest word
  bool hyphen_removed = false;  ///< a hyphen stood at its end that Poppler has taken away
  bool ends_block = false;      ///< a gap or another column follows
};

/// Raw text for clean_pages(LineEnds::lines): a '\n' after each line, a blank line where a paragraph ends.
std::string join_lines(const std::vector<PrintLine>& lines);

/// The text in the largest print among the lines, up to three lines of it; empty when no print stands out or
/// it is too long or short for a title.
std::string largest_text(const std::vector<PrintLine>& lines);

}  // namespace carrel::indexer
