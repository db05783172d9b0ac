// Plots as SVG for a page of HTML: drawn here, coloured by its style sheet, told to those who do not see
// them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace carrel::indexer {

/// One column of a plot.
struct Column {
  std::string label;
  std::uint64_t count = 0;
  std::string shade;  ///< class of the style sheet; may be empty
};

/// Columns side by side over a scale, each with its label below when there is room. `title` and `summary` are
/// what a screen reader says. Nothing when there are no columns.
std::string column_plot(const std::string& title, const std::string& summary,
                        const std::vector<Column>& columns);

/// One part of a whole.
struct Part {
  std::string label;
  std::uint64_t count = 0;
  std::string shade;
};

/// The parts as one long bar. Parts without anything are left out; a small one is still seen.
std::string whole_bar(const std::string& title, const std::vector<Part>& parts);

/// A bar of `count` of `most`, for a line that says the number itself: hidden from screen readers.
std::string line_bar(std::uint64_t count, std::uint64_t most, const std::string& shade);

/// "12.3 %", "under 0.1 %", "100 %": never 0 for something, never 100 for less than all.
std::string per_cent(std::uint64_t count, std::uint64_t whole);

}  // namespace carrel::indexer
