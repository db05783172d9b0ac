// Which nodes of a web page carry its content, and which are navigation, banners and other furniture.
#pragma once

#include <vector>

#include "indexer/extract/block_features.h"
#include "indexer/extract/content_model.h"
#include "indexer/extract/content_rules.h"
#include "indexer/extract/markup_tree.h"
#include "indexer/extract/text_blocks.h"

namespace carrel::indexer {

/// A page as the model sees it.
struct JudgedBlocks {
  RuleSelection rules;
  std::vector<TextBlock> blocks;
  std::vector<BlockFeatures> features;
};

JudgedBlocks judge_blocks(const MarkupTree& tree);

/// For each node whether it belongs to the main content. On a page with an article the model decides block by
/// block; on one without (lists of links, forms, tables, indexes) the rules do, which only leave out
/// furniture. When nothing looks like content, all that is visible in the body is.
std::vector<bool> select_main_content(const MarkupTree& tree,
                                      const ContentModel& model = ContentModel::built_in());

}  // namespace carrel::indexer
