// From lexemes to a tree. The grammar, loosest first:
//
//   group    := { ["AND"] {"NOT" | "-" | "+"} any_of }      clauses; words of it are softly joined by AND
//   any_of   := near { ("OR" | "|") {"NOT" | "-"} near }    OR binds tighter than AND, as people mean it
//   near     := primary { ("NEAR/n" | "ADJ/n") primary }
//   primary  := "(" group ")" | word | phrase | name:value | "*"
//
// An operator with nothing to join is a word. There is no input that fails.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/answer.h"
#include "search/query_node.h"
#include "search/request.h"

namespace carrel::search {

struct ParsedTree {
  QueryNode root;  ///< always a group; without children: everything
  std::vector<Notice> notices;
};

/// Parses `query`, which is valid UTF-8. `languages` (base tags of the collection) tell whose stop words are left out of it.
ParsedTree parse_query(std::string_view query, const QueryLimits& limits,
                       std::span<const std::string> languages);

/// The query in words for readers of `ui` (BCP 47; Spanish, English for all others): “labor and (sex or
/// work), not music”, “labor y (sex o work), sin music”.
std::string in_words(const QueryNode& root, std::string_view ui = "en");

}  // namespace carrel::search
