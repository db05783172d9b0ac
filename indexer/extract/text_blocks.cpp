#include "indexer/extract/text_blocks.h"

#include <algorithm>

#include "indexer/extract/html_sections.h"

namespace carrel::indexer {

using Index = MarkupTree::Index;

std::size_t letters_in(std::string_view text) {
  std::size_t letters = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || (byte & 0xc0) == 0x80) continue;
    letters += byte >= 0xe3 && byte <= 0xed ? 3 : 1;
  }
  return letters;
}

std::vector<TextBlock> text_blocks(const MarkupTree& tree, const std::vector<bool>& visible) {
  std::vector<TextBlock> blocks;
  std::vector<Index> block_of(tree.size());  // the innermost block element of each node
  Index link_end = 0;
  bool fresh = true;  // a line has ended since the last text
  int line_ends = 0;
  for (Index i = 0; i < tree.size(); ++i) {
    const Index parent = tree.node(i).parent;
    const Index around = parent == MarkupTree::kNone ? i : block_of[parent];
    if (!tree.node(i).is_text()) {
      const MarkupName& name = tree.name(i);
      const bool is_inline = is_inline_element(name);
      block_of[i] = is_inline ? around : i;
      if (name == "a" && tree.has_attribute(i, "href")) link_end = std::max(link_end, tree.node(i).end);
      // One <br> goes on in the same paragraph, two are how old pages part paragraphs.
      if (name == "br") {
        if (++line_ends > 1) fresh = true;
        block_of[i] = around;
      } else if (!is_inline) {
        fresh = true;
      }
      continue;
    }
    block_of[i] = around;
    if (!visible[i]) continue;
    const std::size_t letters = letters_in(tree.text(i));
    if (letters == 0) continue;
    line_ends = 0;
    if (fresh || blocks.empty() || blocks.back().element != around) {
      blocks.push_back({.element = around, .first = i});
      fresh = false;
    }
    TextBlock& block = blocks.back();
    block.last = i;
    block.letters += static_cast<std::uint32_t>(letters);
    if (i < link_end) block.linked += static_cast<std::uint32_t>(letters);
  }
  return blocks;
}

std::string text_of(const MarkupTree& tree, const std::vector<bool>& visible, const TextBlock& block) {
  std::string out;
  for (Index i = block.first; i <= block.last; ++i) {
    if (tree.name(i) == "br" && !out.empty() && out.back() != ' ') out.push_back(' ');
    if (!tree.node(i).is_text() || !visible[i]) continue;
    for (const char c : tree.text(i)) {
      const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
      if (!blank) {
        out.push_back(c);
      } else if (!out.empty() && out.back() != ' ') {
        out.push_back(' ');
      }
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace carrel::indexer
