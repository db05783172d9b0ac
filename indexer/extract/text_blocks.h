// The visible text of a web page as blocks: what stands together between two line breaks of the layout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/markup_tree.h"

namespace carrel::indexer {

/// Length of a text as a reader feels it: blanks are nothing, a Chinese, Japanese or Korean character counts
/// three.
std::size_t letters_in(std::string_view text);

/// Text nodes in document order that no block element parts.
struct TextBlock {
  MarkupTree::Index element = 0;  ///< the innermost block element around it
  MarkupTree::Index first = 0;    ///< first text node
  MarkupTree::Index last = 0;     ///< last one
  std::uint32_t letters = 0;
  std::uint32_t linked = 0;  ///< of the letters, those in links
};

/// The blocks of the nodes that are `visible`, those without letters left out.
std::vector<TextBlock> text_blocks(const MarkupTree& tree, const std::vector<bool>& visible);

/// The text of a block, blanks collapsed.
std::string text_of(const MarkupTree& tree, const std::vector<bool>& visible, const TextBlock& block);

}  // namespace carrel::indexer
