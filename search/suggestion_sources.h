// What is offered while somebody types: nothing but what the library itself holds, never what others asked.
#pragma once

#include <span>
#include <string>

#include <xapian.h>

#include "search/facet_columns.h"
#include "search/label_index.h"
#include "search/suggestion_index.h"
#include "search/vocabulary.h"

namespace carrel::search {

/// Topics, names of concepts whose words documents have, titles, identifiers, phrases that several titles or
/// abstracts share, and words of the documents. Reads every record once. `languages` are the base languages
/// of the library. Throws Xapian::Error.
SuggestionIndex make_suggestion_index(const Xapian::Database& database, const FacetColumns& columns,
                                      const LabelIndex& labels, std::span<const std::string> languages);

}  // namespace carrel::search
