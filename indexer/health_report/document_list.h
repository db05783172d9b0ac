// The documents behind a figure, as a list that opens.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/health_report/findings.h"

namespace carrel::indexer {

/// One line of a plot: what it says, its bar, and the documents behind it.
struct PlotLine {
  std::string anchor;  ///< id of the line; may be empty
  std::string label;
  std::string note;    ///< below the label, above the list; may be empty
  std::string bar;     ///< SVG
  std::string number;  ///< empty: that of the documents
  std::string share;
  std::vector<ListedDocument> documents;
};

/// The line as <details>; one without documents is no list and cannot be opened. Lists end after
/// `most_listed` documents with the number of the others; 0: never.
std::string plot_line(const PlotLine& line, const Collection& collection, std::size_t most_listed);

}  // namespace carrel::indexer
