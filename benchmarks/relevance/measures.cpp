#include "benchmarks/relevance/measures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace carrel::relevance {

Measures& Measures::operator+=(const Measures& other) {
  ndcg_10 += other.ndcg_10;
  map += other.map;
  precision_10 += other.precision_10;
  recall_100 += other.recall_100;
  return *this;
}

Measures Measures::operator/(double divisor) const {
  return {ndcg_10 / divisor, map / divisor, precision_10 / divisor, recall_100 / divisor};
}

bool has_relevant(const std::map<std::string, int>& grades) {
  return std::ranges::any_of(grades, [](const auto& one) { return one.second > 0; });
}

Measures measure(std::span<const std::string> ranking, const std::map<std::string, int>& grades) {
  std::vector<int> best;
  for (const auto& [id, grade] : grades) {
    if (grade > 0) best.push_back(grade);
  }
  if (best.empty()) return {};
  std::ranges::sort(best, std::greater());
  const auto discount = [](std::size_t index) { return 1 / std::log2(static_cast<double>(index) + 2); };
  double ideal = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(best.size(), 10); ++i) ideal += best[i] * discount(i);
  Measures out;
  double found = 0, gain = 0;
  const std::size_t depth = std::min(ranking.size(), kDepth);
  for (std::size_t i = 0; i < depth; ++i) {
    const auto grade = grades.find(ranking[i]);
    if (grade == grades.end() || grade->second <= 0) continue;
    ++found;
    out.map += found / static_cast<double>(i + 1);
    if (i < 10) {
      out.precision_10 += 0.1;
      gain += grade->second * discount(i);
    }
    if (i < 100) ++out.recall_100;
  }
  const auto relevant = static_cast<double>(best.size());
  out.ndcg_10 = gain / ideal;
  out.map /= relevant;
  out.recall_100 /= relevant;
  return out;
}

}  // namespace carrel::relevance
