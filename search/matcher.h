// Asks Xapian: which resources match, how many, in which order, and how often each facet value occurs.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <xapian.h>

#include "search/answer.h"
#include "search/deadline.h"
#include "search/facet_columns.h"
#include "search/ranking.h"
#include "search/request.h"
#include "search/selections.h"
#include "search/version_sets.h"

namespace carrel::search {

struct Match {
  Xapian::docid document = 0;
  double score = 0;
};

struct Matches {
  std::vector<Match> matches;   ///< those from `offset`, at most `limit`
  std::uint64_t total = 0;      ///< hits, exact: versions of one work are one
  std::uint64_t resources = 0;  ///< resources that match, exact: every version
  std::vector<Facet> facets;    ///< exact; in the order of the table of fields
};

/// Versions of one work are one hit, in a language of the reader.
struct Works {
  const VersionSets* sets = nullptr;   ///< nothing: every version is a hit of its own
  std::vector<std::string> languages;  ///< base languages of the reader, the best first
};

/// Gives the first of the documents found, best first, another order and new scores. May be called twice, with
/// more documents the second time; what becomes of the first may not depend on how many follow.
using Reorder = std::function<void(std::vector<Match>&)>;

/// `browses`: nothing in the query is scored, so relevance means newest first, then by title. `reorder` may
/// be empty; it sees at least `ranking.reranked` documents where there are so many. When `deadline` passes,
/// the answer is that of the documents seen until then.
Matches match(const Xapian::Database& database, const FacetColumns& columns, Xapian::Query query,
              bool browses, const Selections& selections, const Request& request, const Works& works,
              const Ranking& ranking, const Reorder& reorder, Deadline& deadline);

/// How many resources match the query without selections; counts no further than `limit`.
std::uint64_t count_up_to(const Xapian::Database& database, const Xapian::Query& query, std::uint64_t limit,
                          Deadline& deadline);

/// How many hits a query has, exactly unless `deadline` passes; `sets` as in Works.
std::uint64_t count_matches(const Xapian::Database& database, const Xapian::Query& query,
                            const Selections& selections, const VersionSets* sets, Deadline& deadline);

}  // namespace carrel::search
