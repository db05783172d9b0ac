// What the searcher is told about how a query was taken. The codes are promises, the texts are for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/answer.h"

namespace carrel::search::notices {

Notice relaxed();                       ///< no resource has all words
Notice widened();                       ///< few have all words, those with most follow
Notice cut_bytes(std::size_t limit);    ///< query too long
Notice cut_words(std::size_t limit);    ///< too many words
Notice cut_nesting(std::size_t limit);  ///< brackets too deep
Notice cut_wildcard(std::string_view typed, std::size_t limit);
Notice operator_as_word(std::string_view typed);  ///< nothing to join
Notice capitals_as_words();                       ///< the whole query is in capitals
Notice unbalanced_brackets();
Notice short_wildcard(std::string_view typed);
Notice unknown_field(std::string_view name);
Notice unreadable_value(std::string_view typed, std::string_view why);

/// Adds a notice unless the same one is there already.
void add(std::vector<Notice>& to, Notice notice);

}  // namespace carrel::search::notices
