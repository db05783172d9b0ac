// The fields of an advanced search form as one query, so that nobody has to know its signs.
#pragma once

#include <string>
#include <string_view>

namespace carrel::search {

/// What a form asks for; all parts may be empty. Known from other search services as query, query_quote,
/// query_or and query_not.
struct QueryParts {
  std::string_view query;   ///< in the query language
  std::string_view phrase;  ///< these words side by side
  std::string_view any;     ///< at least one of these words; "two words" in quotation marks are one
  std::string_view none;    ///< none of these words
};

/// The query that asks for all parts: `"debt bondage" (housing OR shelter) -youth labor`. Signs and operators
/// inside the other parts than `query` mean nothing; what is open in `query` cannot swallow the others.
std::string compose_query(const QueryParts& parts);

}  // namespace carrel::search
