#include "indexer/extract/main_content.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace carrel::indexer {
namespace {

using Index = MarkupTree::Index;

// Below this, in log odds, a block is left out: where F1 on pages that the model had not seen was best, at a
// recall of at least .95 on each set.
constexpr float kThreshold = 0.6F;
// A page is an article when it has so much content, in letters, or when most of what the rules keep is
// content; on others (directories of services, forms, search pages, lists of news) small blocks are what
// people look for.
constexpr std::uint64_t kArticle = 1200;
constexpr std::uint64_t kShortArticle = 400;
// There, what the rules keep is left out only when the model is sure.
constexpr float kDoubtful = -2.2F;

// A block of less odds than the threshold but more than this, that the rules keep, is content when it stands
// between blocks that are (two thresholds, as edges are followed in pictures: Canny 1986). Short lines of an
// article's lists and tables are like that.
constexpr float kBetween = -0.8F;

/// Takes along what stands between chosen blocks and is nearly as likely.
void fill_gaps(const MarkupTree& tree, const JudgedBlocks& page, const std::vector<float>& odds,
               std::vector<bool>& chosen) {
  std::size_t last = chosen.size();  // the last chosen block before the gap
  bool fillable = false;
  for (std::size_t b = 0; b < chosen.size(); ++b) {
    if (chosen[b]) {
      if (fillable) {
        for (std::size_t gap = last + 1; gap < b; ++gap) chosen[gap] = true;
      }
      last = b;
      fillable = true;
    } else {
      const TextBlock& block = page.blocks[b];
      const float needed = is_heading_name(tree.name(block.element)) ? kDoubtful : kBetween;
      fillable = fillable && odds[b] > needed && page.rules.kept[block.first];
    }
  }
}

bool is_picture(std::string_view name) {
  return name == "img" || name == "area";
}

/// Keeps the texts of the chosen blocks, the elements around them, and the pictures that stand among them.
std::vector<bool> keep_blocks(const MarkupTree& tree, const JudgedBlocks& page,
                              const std::vector<bool>& chosen) {
  std::vector<bool> keep = page.rules.visible;
  std::size_t b = 0;
  bool before = false;  // whether the last block was chosen
  for (Index i = 0; i < tree.size(); ++i) {
    if (!keep[i]) continue;
    while (b < page.blocks.size() && page.blocks[b].last < i) before = chosen[b++];
    const bool inside = b < page.blocks.size() && page.blocks[b].first <= i;
    if (tree.node(i).is_text()) {
      keep[i] = inside && chosen[b];
    } else if (is_picture(tree.name(i))) {
      const bool behind = b < page.blocks.size() && chosen[b];
      keep[i] = inside ? chosen[b] : before && behind;
    }
  }
  return keep;
}

}  // namespace

JudgedBlocks judge_blocks(const MarkupTree& tree) {
  JudgedBlocks page;
  page.rules = select_by_rules(tree);
  page.blocks = text_blocks(tree, page.rules.visible);
  page.features =
      block_features(tree, page.rules.visible, page.blocks,
                     {.root = page.rules.root, .heading = page.rules.heading, .kept = &page.rules.kept});
  return page;
}

std::vector<bool> select_main_content(const MarkupTree& tree, const ContentModel& model) {
  if (tree.size() == 0) return {};
  const JudgedBlocks page = judge_blocks(tree);
  std::vector<float> odds(page.blocks.size());
  std::uint64_t letters = 0;
  std::uint64_t kept_by_rules = 0;
  for (std::size_t b = 0; b < odds.size(); ++b) {
    odds[b] = model.log_odds(page.features[b]);
    if (odds[b] > kThreshold) letters += page.blocks[b].letters;
    if (page.rules.kept[page.blocks[b].first]) kept_by_rules += page.blocks[b].letters;
  }
  if (letters < kShortArticle) return page.rules.kept;
  const bool article = letters >= kArticle || letters * 5 >= kept_by_rules * 3;
  std::vector<bool> chosen(page.blocks.size());
  for (std::size_t b = 0; b < odds.size(); ++b) {
    const Index first = page.blocks[b].first;
    // The main heading belongs to the content wherever it stands.
    const Index heading = page.rules.heading;
    const bool in_heading =
        heading != MarkupTree::kNone && first >= heading && first < tree.node(heading).end;
    const bool doubtful = !article && page.rules.kept[first] && odds[b] > kDoubtful;
    chosen[b] = odds[b] > kThreshold || in_heading || doubtful;
  }
  fill_gaps(tree, page, odds, chosen);
  return keep_blocks(tree, page, chosen);
}

}  // namespace carrel::indexer
