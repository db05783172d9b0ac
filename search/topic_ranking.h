// Questions find more when the resources that answer best say what else there is to look for.
#pragma once

#include <span>
#include <vector>

#include <xapian.h>

#include "search/ranking.h"
#include "search/topic_vectors.h"

namespace carrel::search {

/// Raises the scores of resources that are about the same as the best ones (weak feedback; J. J. Rocchio,
/// Relevance feedback in information retrieval, 1971) and of those whose nearest neighbours score higher than
/// they do (F. Diaz, Regularizing ad hoc retrieval scores, CIKM 2005). No score falls, so that what answers
/// exactly stays in front. `scores` stand beside `documents`, at least one. Throws Xapian::Error.
void follow_topics(const Xapian::Database& database, std::span<const Xapian::docid> documents,
                   const Ranking& ranking, WordRarities& rarities, std::vector<double>& scores);

}  // namespace carrel::search
