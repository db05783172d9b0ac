// From the lines of a page, as Poppler orders them, to raw text with paragraphs; and the title by its size.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace carrel::indexer {

/// Where on its page a line belongs.
enum class Place : std::uint8_t {
  body,
  head,  ///< runs along the top of the pages
  foot,  ///< runs along the bottom of the pages
};

/// A line of print in reading order.
struct PrintLine {
  std::string text;
  double left = 0;  ///< in points from the page's left edge, as printed
  double right = 0;
  double top = 0;  ///< in points from the page's top edge
  double bottom = 0;
  double font_size = 0;         ///< of its largest word
  bool hyphen_removed = false;  ///< a hyphen stood at its end that Poppler has taken away
  bool ends_block = false;      ///< a gap or another column follows
  bool upright = true;          ///< not turned against its page
  Place place = Place::body;
};

/// The lines of a page and where its paper begins and ends, in points from the top.
struct PrintPage {
  std::vector<PrintLine> lines;
  double top = 0;
  double bottom = 0;
};

/// Raw text for clean_pages(LineEnds::lines): a '\n' after each line, a blank line where a paragraph ends.
std::string join_lines(const std::vector<PrintLine>& lines);

/// The text in the largest print among the lines, up to three lines of it; empty when no print stands out or
/// it is too long or short for a title.
std::string largest_text(const std::vector<PrintLine>& lines);

}  // namespace carrel::indexer
