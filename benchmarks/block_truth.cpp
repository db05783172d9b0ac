#include "benchmarks/block_truth.h"

#include <cmath>
#include <string>

namespace carrel::benchmarks {

using namespace indexer;

namespace {

constexpr double kWeightOfPage = 24;

std::string joined(const std::vector<std::string>& words) {
  std::string out = " ";
  for (const std::string& word : words) out += word + " ";
  return out;
}

std::vector<BlockTruth> by_content(const TruthPage& page, const std::vector<std::string>& texts) {
  const Shingles truth = shingles_of(page.content);
  const std::string true_words = joined(words_of(page.content));
  std::vector<BlockTruth> out(texts.size());
  double total = 0;
  for (std::size_t b = 0; b < texts.size(); ++b) {
    const std::vector<std::string> words = words_of(texts[b]);
    if (words.empty()) continue;
    if (words.size() < 4) {
      out[b].is_content = true_words.find(joined(words)) != std::string::npos;
      // "Share" may well stand in the article too.
      out[b].weight = out[b].is_content && words.size() < 3 ? 0.3 : 1;
    } else {
      double found = 0;
      double all = 0;
      for (const auto& [shingle, count] : shingles_of(texts[b])) {
        all += count;
        if (truth.contains(shingle)) found += count;
      }
      out[b].is_content = found * 2 >= all;
      out[b].weight = std::pow(static_cast<double>(words.size()), 0.7);
    }
    total += out[b].weight;
  }
  for (BlockTruth& block : out) block.weight *= total > 0 ? kWeightOfPage / total : 0;
  return out;
}

std::vector<BlockTruth> by_segments(const TruthPage& page, const std::vector<std::string>& texts) {
  std::vector<BlockTruth> out(texts.size());
  const auto mark = [&](const std::vector<std::string>& segments, bool is_content) {
    for (const std::string& segment : segments) {
      for (std::size_t b = 0; b < texts.size(); ++b) {
        const bool holds = texts[b].find(segment) != std::string::npos;
        const bool part = texts[b].size() >= 20 && segment.find(texts[b]) != std::string::npos;
        if (!holds && !part) continue;
        // Wanted text that also stands in a teaser is still wanted.
        if (out[b].weight > 0 && out[b].is_content) continue;
        out[b] = {is_content, 1};
      }
    }
  };
  mark(page.wanted, true);
  mark(page.unwanted, false);
  return out;
}

}  // namespace

std::vector<BlockTruth> truth_of_blocks(const TruthPage& page, const MarkupTree& tree,
                                        const JudgedBlocks& judged) {
  std::vector<std::string> texts;
  for (const TextBlock& block : judged.blocks) {
    texts.push_back(packed(text_of(tree, judged.rules.visible, block)));
  }
  std::vector<BlockTruth> out = page.set == "segments" ? by_segments(page, texts) : by_content(page, texts);
  // The main heading is kept by rule.
  const MarkupTree::Index heading = judged.rules.heading;
  for (std::size_t b = 0; b < out.size(); ++b) {
    if (heading != MarkupTree::kNone && judged.blocks[b].first >= heading &&
        judged.blocks[b].first < tree.node(heading).end) {
      out[b].weight = 0;
    }
  }
  return out;
}

}  // namespace carrel::benchmarks
