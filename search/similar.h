// Resources about the same matter as one of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <xapian.h>

#include "search/facet_columns.h"
#include "search/matcher.h"
#include "search/version_sets.h"

namespace carrel::search {

/// At most `limit` resources that share the characteristic words of a document, the most similar first:
/// neither itself nor another version of it, and of each other work one version, in one of `languages` (the
/// best first) when there is one. Characteristic are the words that Xapian's expansion (Robertson's offer
/// weight) puts first.
std::vector<Match> similar_to(const Xapian::Database& database, const FacetColumns& columns,
                              const VersionSets& versions, Xapian::docid document,
                              std::span<const std::string> languages, std::size_t limit);

}  // namespace carrel::search
