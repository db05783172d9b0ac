// The measures of trec_eval, as its version 9 computes them.
#pragma once

#include <map>
#include <span>
#include <string>

namespace carrel::relevance {

/// Of one query, or means over queries. Each lies in [0, 1].
struct Measures {
  double ndcg_10 = 0;  ///< gain is the grade itself, discount 1 / log2(rank + 1)
  double map = 0;      ///< over the first 1000
  double precision_10 = 0;
  double recall_100 = 0;

  Measures& operator+=(const Measures& other);
  Measures operator/(double divisor) const;
};

/// How many results trec_eval is given.
inline constexpr std::size_t kDepth = 1000;

/// True when at least one resource has a grade of 1 or more; other queries are left out of means.
bool has_relevant(const std::map<std::string, int>& grades);

/// Measures a ranking of distinct ids, best first.
Measures measure(std::span<const std::string> ranking, const std::map<std::string, int>& grades);

}  // namespace carrel::relevance
