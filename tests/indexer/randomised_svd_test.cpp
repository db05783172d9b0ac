#include "indexer/randomised_svd.h"

#include <random>

#include "tests/catch.h"

namespace carrel::indexer {
namespace {

using Vectors = std::vector<std::vector<float>>;

double product(const Vectors& vectors, std::size_t a, std::size_t b) {
  double sum = 0;
  for (const auto& row : vectors) sum += row[a] * row[b];
  return sum;
}

/// Rows that are sums of three directions with random parts, over 40 columns.
std::vector<SparseRow> of_rank_three(std::size_t rows) {
  std::mt19937 random(3);
  std::normal_distribution<float> normal;
  std::vector<std::vector<float>> directions(3, std::vector<float>(40));
  for (auto& direction : directions) {
    for (float& value : direction) value = normal(random);
  }
  std::vector<SparseRow> out(rows);
  for (SparseRow& row : out) {
    const float parts[] = {4 * normal(random), 2 * normal(random), normal(random)};
    for (std::uint32_t column = 0; column < 40; ++column) {
      float value = 0;
      for (std::size_t i = 0; i < 3; ++i) value += parts[i] * directions[i][column];
      row.emplace_back(column, value);
    }
  }
  return out;
}

TEST_CASE("A matrix of rank three is told whole by three orthonormal vectors, however many are asked for") {
  const auto rows = of_rank_three(60);
  for (const std::size_t dimensions : {std::size_t{3}, std::size_t{12}}) {
    const Vectors vectors = right_singular_vectors(rows, 40, dimensions);
    REQUIRE(vectors.size() == 40);
    REQUIRE(vectors.front().size() == 3);
    for (std::size_t a = 0; a < 3; ++a) {
      for (std::size_t b = 0; b < 3; ++b)
        CHECK(product(vectors, a, b) == Approx(a == b ? 1 : 0).margin(1e-3));
    }
    for (const SparseRow& row : rows) {
      double length = 0, projected = 0;
      for (const auto& [column, value] : row) length += value * value;
      for (std::size_t i = 0; i < 3; ++i) {
        double part = 0;
        for (const auto& [column, value] : row) part += value * vectors[column][i];
        projected += part * part;
      }
      CHECK(projected == Approx(length).epsilon(1e-3));
    }
  }
}

TEST_CASE("The first vector is the direction in which most lies") {
  // Nine rows along the first column, one along the second.
  std::vector<SparseRow> rows(9, SparseRow{{0, 1.0F}});
  rows.push_back({{1, 1.0F}});
  const Vectors vectors = right_singular_vectors(rows, 2, 1);
  CHECK(std::abs(vectors[0].at(0)) == Approx(1).margin(1e-3));
  CHECK(std::abs(vectors[1].at(0)) == Approx(0).margin(1e-3));
}

TEST_CASE("The same matrix gives the same vectors to the last bit") {
  const auto rows = of_rank_three(30);
  CHECK(right_singular_vectors(rows, 40, 3) == right_singular_vectors(rows, 40, 3));
}

TEST_CASE("A matrix without rows, columns or entries has no vectors") {
  CHECK(right_singular_vectors({}, 0, 5).empty());
  CHECK(right_singular_vectors({}, 2, 5) == Vectors(2));
  CHECK(right_singular_vectors({{}, {}}, 2, 5) == Vectors(2));
}

}  // namespace
}  // namespace carrel::indexer
