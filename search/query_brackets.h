// Brackets that the parser can rely on.
#pragma once

#include <cstddef>
#include <vector>

#include "search/answer.h"
#include "search/query_lexer.h"

namespace carrel::search {

/// The lexemes without the brackets that have no partner, have nothing inside, or stand more than `deepest`
/// deep; `notices` says so of the first and the last.
std::vector<Lexeme> with_balanced_brackets(std::vector<Lexeme> lexemes, std::size_t deepest,
                                           std::vector<Notice>& notices);

}  // namespace carrel::search
