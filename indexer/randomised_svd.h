// A truncated singular value decomposition of a large sparse matrix.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace carrel::indexer {

/// A row: pairs of column and value.
using SparseRow = std::vector<std::pair<std::uint32_t, float>>;

/// The first `dimensions` right singular vectors of the matrix with these rows, by falling singular value:
/// for each of the `columns` its `dimensions` entries, fewer when the matrix has no more. By random
/// projection with two power iterations (N. Halko, P.-G. Martinsson and J. A. Tropp, Finding structure with
/// randomness, SIAM Review 53, 2011, algorithms 4.4 and 5.1). The same matrix gives the same vectors on one
/// machine.
std::vector<std::vector<float>> right_singular_vectors(const std::vector<SparseRow>& rows,
                                                       std::size_t columns, std::size_t dimensions);

}  // namespace carrel::indexer
