// Judged queries: what people would type and which resources answer it, to see whether a new generation
// answers as well as the old one.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "search/schema/result.h"

namespace carrel::indexer {

/// One query; grades by id of the resource (3 answers it best, 1 touches it).
struct JudgedQuery {
  std::string query;
  std::map<std::string, int> grades;
};

/// How well an index answers the judged queries, each figure from 0 to 1.
struct JudgedScore {
  double hits = 0;  ///< share of the queries with a judged resource among the first ten
  double ndcg = 0;  ///< mean nDCG@10, gains 2^grade - 1 (Järvelin and Kekäläinen 2002, with the exponential
                    ///< gain that is usual since Burges et al. 2005)
  std::vector<std::string> missed;  ///< queries without a judged resource among the first ten
};

/// Reads a file of tab-separated lines under a header with the columns query, id and grade (others are passed
/// over). Errors: not_found, usage (names the line).
Result<std::vector<JudgedQuery>> load_judgements(const std::filesystem::path& file);

/// Asks `program` (carrel-search) every query on the index. It is a program and no function because reading
/// an index is no business of the indexer: what answers people is asked the way people ask it. Errors:
/// failed.
Result<JudgedScore> score(const std::vector<JudgedQuery>& queries, const std::filesystem::path& program,
                          const std::filesystem::path& index);

/// nDCG@10 of the ids of an answer, best first.
double ndcg(const JudgedQuery& query, const std::vector<std::string>& ids);

/// A score of the new generation may be lower by so much: rounding and ties move single queries.
inline constexpr double kToleratedLoss = 0.02;

/// Why `now` is worse than `before` by more than that, in a sentence; empty when it is not.
std::string why_worse(const JudgedScore& before, const JudgedScore& now);

}  // namespace carrel::indexer
