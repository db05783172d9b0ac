// In which language a searcher reads, as far as a request tells.
#pragma once

#include <string>
#include <vector>

#include <xapian.h>

#include "search/facet_columns.h"
#include "search/query_node.h"
#include "search/request.h"

namespace carrel::search {

/// Base languages, the likeliest first: the interface's when it is not English (which is everybody's who has
/// not chosen), then the query's, then English. The query's is the one whose resources have most of its
/// words; nothing when no language has clearly more of them.
std::vector<std::string> reader_languages(const Xapian::Database& database, const FacetColumns& columns,
                                          const QueryNode& root, const Request& request);

}  // namespace carrel::search
