// Which blocks of a page its truth calls content.
#pragma once

#include <vector>

#include "benchmarks/truth_pages.h"
#include "indexer/extract/main_content.h"

namespace carrel::benchmarks {

struct BlockTruth {
  bool is_content = false;
  double weight = 0;  ///< how much it matters; 0: nobody knows
};

/// For each block. Where all of the content is known, a block is content when half of its shingles are (the
/// whole text of a short one), and weighs by its words so that every page weighs the same; where only
/// segments are, the blocks that hold them count, each segment alike.
std::vector<BlockTruth> truth_of_blocks(const TruthPage& page, const indexer::MarkupTree& tree,
                                        const indexer::JudgedBlocks& judged);

}  // namespace carrel::benchmarks
