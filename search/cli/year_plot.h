// How often, year by year: drawn in the terminal and as SVG.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "search/cli/terminal.h"

namespace carrel::search::cli {

/// By year. `undated` are those without one; they are counted and not drawn.
struct YearCounts {
  std::string what;  ///< "resources", "occurrences"
  std::map<int, std::uint64_t> by_year;
  std::uint64_t undated = 0;

  /// `date` in any precision.
  void add(const std::string& date, std::uint64_t count);
};

/// A line a year, from the first to the last, years without any among them (up to 200 years); bars where
/// `style.width` or a terminal leaves room.
std::string year_bars(const YearCounts& counts, const TerminalStyle& style);

/// A picture of its own, 720 by 320, with a title, a description for who cannot see it, and every count as a
/// tool tip.
std::string year_svg(const YearCounts& counts, const std::string& title);

}  // namespace carrel::search::cli
