// What the searcher is told about how a query was taken. The codes are promises, the texts are for people.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/answer.h"

namespace carrel::search::notices {

Notice relaxed();                       ///< no resource has all words
Notice widened();                       ///< few have all words, those with most follow
Notice question();                      ///< a long query: listed is what has some of its words
Notice time_limit();                    ///< matching ended before all resources were looked at
Notice cut_bytes(std::size_t limit);    ///< query too long
Notice cut_words(std::size_t limit);    ///< too many words
Notice cut_nesting(std::size_t limit);  ///< brackets too deep
Notice cut_wildcard(std::string_view typed, std::size_t limit);
Notice operator_as_word(std::string_view typed);  ///< nothing to join
Notice capitals_as_words();                       ///< the whole query is in capitals
Notice unbalanced_brackets();
Notice short_wildcard(std::string_view typed);
Notice unknown_field(std::string_view name, std::optional<std::string_view> meant);
Notice not_a_date(std::string_view typed);    ///< what no calendar has, or no range
Notice not_a_number(std::string_view typed);  ///< pages:many
Notice corrected(std::string_view typed, std::string_view corrected);
Notice not_in_thesaurus(std::string_view typed);

/// Adds a notice unless the same one is there already.
void add(std::vector<Notice>& to, Notice notice);

/// The notices with their texts for readers of `ui` (BCP 47), English where there is no other text.
std::vector<Notice> for_readers(std::vector<Notice> notices, std::string_view ui);

}  // namespace carrel::search::notices
