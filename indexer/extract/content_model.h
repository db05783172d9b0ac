// How likely a block of text is a page's content: a small boosted forest, fitted by
// benchmarks/fit_content_model.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "indexer/extract/block_features.h"

namespace carrel::indexer {

/// Sum of decision trees over the features of a block, as log odds.
class ContentModel {
 public:
  /// The model that Carrel is built with.
  static const ContentModel& built_in();

  /// Reads what the fitting program writes: the bias, then each tree's nodes in preorder, "feature threshold"
  /// for an inner node (at most the threshold goes to the first branch) and "=value" for a leaf. Nothing when
  /// it is malformed or a tree is deeper than eight levels.
  static std::optional<ContentModel> parse(std::string_view text);

  /// Above 0: more likely content than not.
  float log_odds(const BlockFeatures& features) const;

 private:
  struct Node {
    std::uint16_t feature = 0;  // kLeaf: a leaf
    std::uint16_t other = 0;  // index of the second branch, from the tree's root; the first is the next node
    float value = 0;          // threshold, or what a leaf adds
  };
  static constexpr std::uint16_t kLeaf = 0xffff;
  static constexpr std::uint32_t kDeepest = 8;  // deeper ones take memory without end; none is fitted so

  /// What an inner node of a complete tree asks.
  struct Question {
    std::uint32_t feature = 0;
    float threshold = 0;
  };

  void complete();
  void complete(std::size_t root, std::size_t node, std::size_t place, std::uint32_t level);

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> trees_;  // where each begins
  float bias_ = 0;
  // The same trees, each as deep as the deepest, level by level: every block takes as many steps through
  // every tree, and none of them is a guess for the processor.
  std::uint32_t depth_ = 0;
  std::vector<Question> questions_;  // 2^depth - 1 a tree
  std::vector<float> leaves_;        // 2^depth a tree
};

/// The built-in model as text.
extern const std::string_view kContentModelText;

}  // namespace carrel::indexer
