// name:value as a node: filters, words of a field, ranges.
#pragma once

#include <vector>

#include "search/answer.h"
#include "search/query_lexer.h"
#include "search/query_node.h"

namespace carrel::search {

/// The node of a field lexeme; a value that its field cannot read (year:soon) is taken as words, and
/// `notices` says so.
QueryNode field_clause(const Lexeme& lexeme, std::vector<Notice>& notices);

}  // namespace carrel::search
