// The second stage of ranking: the best resources of the first once more, by their pages.
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "search/ine_b2.h"
#include "search/matcher.h"
#include "search/page_counts.h"
#include "search/position_reader.h"
#include "search/ranking.h"
#include "search/scored_words.h"
#include "search/title_matches.h"
#include "search/topic_reader.h"
#include "search/unit_statistics.h"

namespace carrel::search {

/// For one query. Refers to all that it is made of while it lives.
class PageRanker {
 public:
  PageRanker(const Xapian::Database& database, PositionReader& positions, std::span<const ScoredWord> words,
             const UnitStatistics& statistics, const Ranking& ranking, TopicReader& topics);

  /// Orders the first `ranking.reranked` (of a short query `reranked_short`) of `matches` anew and gives them
  /// new scores; the scores of the others are brought to the same scale, so that scores never rise.
  /// `all_first`: those with all words come first. `titles`: resources whose titles say what the query says.
  void rank(std::vector<Match>& matches, bool all_first,
            const std::unordered_map<Xapian::docid, TitleMatch>& titles);

 private:
  double unit_score(std::span<const float> counts, std::span<const float> front, double length) const;
  double resource_score(const ResourceCounts& resource) const;
  double typed_score(const ResourceCounts& resource) const;
  /// It has all the typed words, or other words for them.
  bool has_all(const ResourceCounts& resource) const;
  double units_with(std::size_t word, std::span<const ResourceCounts> resources) const;

  const Xapian::Database& database_;
  PositionReader& positions_;
  std::span<const ScoredWord> words_;
  UnitStatistics statistics_;
  const Ranking& ranking_;
  TopicReader& topics_;
  std::vector<IneB2> models_;  // by word
};

}  // namespace carrel::search
