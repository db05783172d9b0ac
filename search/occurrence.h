// One place where a resource shows what a query asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "search/answer.h"

namespace carrel::search {

/// One line of a concordance: the word or words as they stand there and what stands beside them, plain text
/// without line ends; `left`, `word` and `right` one after the other are the text, blanks between them
/// included. Where a page ends, context comes from its neighbour.
struct Occurrence {
  std::uint32_t page = 0;  ///< 1-based page, section or stretch
  std::string label;       ///< page label of a PDF; empty when it has none
  std::string heading;
  std::optional<double> seconds;
  std::string left, word, right;
  std::string url;  ///< deep link: #page=12, #anchor, #t=754
};

/// What a concordance has of one resource.
struct ResourceOccurrences {
  Resource resource;
  std::vector<Occurrence> occurrences;
};

/// The concordance of some hits: the answer that they are of, without hits of its own, and those of them that
/// have occurrences, in their order.
struct ConcordanceAnswer {
  Answer answer;
  std::vector<ResourceOccurrences> resources;
};

}  // namespace carrel::search
