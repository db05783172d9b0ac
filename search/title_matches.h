// Titles that say what the query says: who types a title wants that resource.
#pragma once

#include <string_view>
#include <unordered_map>

#include <xapian.h>

namespace carrel::search {

enum class TitleMatch {
  within,  ///< the whole query stands in the title, word by word
  equal,   ///< the title is the query
};

/// Resources whose titles have all words of `query`, stop words too, side by side and as written (accents and
/// case apart). Nothing for a query of one word, which is in many titles, unless it is the whole title; at
/// most some dozens.
std::unordered_map<Xapian::docid, TitleMatch> title_matches(const Xapian::Database& database,
                                                            std::string_view query);

}  // namespace carrel::search
