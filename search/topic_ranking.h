// Questions find more when the resources that answer best say what else there is to look for.
#pragma once

#include <span>
#include <vector>

#include "search/ranking.h"
#include "search/schema/topics.h"

namespace carrel::search {

/// Raises the scores of resources
/// - that lie among the latent topics where the query does (S. Deerwester and others, Indexing by latent
/// semantic
///   analysis, 1990) or where the best ones do (weak feedback; J. J. Rocchio, Relevance feedback in
///   information retrieval, 1971),
/// - whose nearest neighbours, by topics and by words, score higher than they do (F. Diaz, Regularizing ad
/// hoc
///   retrieval scores, CIKM 2005).
/// No score falls, so that what answers exactly stays in front. `scores` stand beside `topics`, at least one.
void follow_topics(const schema::TopicPlace& query, std::span<const schema::TopicVector> topics,
                   const Ranking& ranking, std::vector<double>& scores);

}  // namespace carrel::search
