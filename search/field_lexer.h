// Reads name:value out of a query.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "search/answer.h"
#include "search/query_lexer.h"
#include "search/query_text.h"

namespace carrel::search {

/// The lexeme of the clause that begins at `at`: name:value, name:"two words", name:a/b, name:"a"/b,c and
/// topic:x+; sets `behind` to where it ends. Of an unknown name it takes only the name, as a word, and says
/// so in `notices`. Nothing when no name with a colon and something behind it stands there.
std::optional<Lexeme> field_lexeme(const QueryText& query, std::size_t at, std::size_t& behind,
                                   std::vector<Notice>& notices);

}  // namespace carrel::search
