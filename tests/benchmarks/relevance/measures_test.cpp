#include "benchmarks/relevance/measures.h"

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "tests/catch.h"

namespace carrel::relevance {
namespace {

bool near(double a, double b) {
  return std::abs(a - b) < 1e-12;
}

TEST_CASE("Measures are those worked out by hand") {
  // Ranked: a (irrelevant), b (2), c (not judged), d (1); e (1) is never returned.
  const std::map<std::string, int> grades = {{"a", 0}, {"b", 2}, {"d", 1}, {"e", 1}};
  const std::vector<std::string> ranking = {"a", "b", "c", "d"};
  const Measures measures = measure(ranking, grades);
  const double gain = 2 / std::log2(3) + 1 / std::log2(5);
  const double ideal = 2 + 1 / std::log2(3) + 1 / std::log2(4);
  CHECK(near(measures.ndcg_10, gain / ideal));
  CHECK(near(measures.map, (1.0 / 2 + 2.0 / 4) / 3));
  CHECK(near(measures.precision_10, 0.2));
  CHECK(near(measures.recall_100, 2.0 / 3));
}

TEST_CASE("A perfect ranking has an nDCG of 1, an empty one of 0") {
  const std::map<std::string, int> grades = {{"a", 3}, {"b", 1}, {"c", -1}};
  CHECK(near(measure(std::vector<std::string>{"a", "b"}, grades).ndcg_10, 1));
  CHECK(near(measure({}, grades).ndcg_10, 0));
}

TEST_CASE("What comes after rank 10 counts for recall and MAP alone") {
  std::vector<std::string> ranking(10, "");
  for (std::size_t i = 0; i < 10; ++i) ranking[i] = "x" + std::to_string(i);
  ranking.push_back("a");
  const Measures measures = measure(ranking, {{"a", 1}});
  CHECK(near(measures.ndcg_10, 0));
  CHECK(near(measures.precision_10, 0));
  CHECK(near(measures.recall_100, 1));
  CHECK(near(measures.map, 1.0 / 11));
}

TEST_CASE("A query without anything relevant is told from others") {
  CHECK_FALSE(has_relevant({{"a", 0}, {"b", -1}}));
  CHECK(has_relevant({{"a", 0}, {"b", 1}}));
}

}  // namespace
}  // namespace carrel::relevance
