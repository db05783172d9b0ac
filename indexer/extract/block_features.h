// What a block of text on a web page looks like, as numbers for the model of main content.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "indexer/extract/markup_tree.h"
#include "indexer/extract/text_blocks.h"

namespace carrel::indexer {

// The order is part of the fitted model: only ever append, and fit anew.
#define CARREL_BLOCK_FEATURES(X)                                                                             \
  X(letters)                                                                                                 \
  X(words) X(link_density) X(word_length) X(sentence_ends) X(commas) X(capitals) X(digits) X(ends_sentence)  \
      X(phrase_furniture) X(phrase_byline) X(names_date) X(is_paragraph) X(heading_level) X(is_item) X(      \
          is_cell) X(is_caption) X(is_plain_box) X(in_article) X(in_main) X(in_aside) X(in_footer)           \
          X(in_navigation) X(in_header) X(in_form) X(in_figure) X(in_table) X(in_list) X(in_quote) X(        \
              named_content) X(named_comments) X(named_related) X(named_share) X(named_author) X(named_meta) \
              X(named_navigation) X(named_advert) X(named_newsletter) X(named_sidebar) X(named_tags)         \
                  X(named_caption) X(named_header) X(named_widget) X(bad_names_levels) X(block_position)     \
                      X(text_position) X(after_heading) X(has_heading) X(root_distance) X(in_root)           \
                          X(root_position) X(root_share) X(previous_letters) X(previous_density)             \
                              X(next_letters) X(next_density) X(running_around) X(running_before)            \
                                  X(running_behind) X(parent_letters) X(parent_density) X(parent_running)    \
                                      X(parent_blocks) X(outer_letters) X(outer_density) X(outer_running)    \
                                          X(alike_count) X(alike_letters) X(alike_density) X(alike_share)    \
                                              X(is_repeat) X(is_title) X(kept_by_rules) X(page_letters)      \
                                                  X(page_running) X(page_density) X(page_articles) X(depth)  \
                                                      X(below_root) X(root_running) X(gap_to_running)        \
                                                          X(links) X(is_all_bold) X(list_density)            \
                                                              X(heading_phrases) X(heading_distance)         \
                                                                  X(is_description) X(names_author)          \
                                                                      X(times_told) X(pictures_beside)       \
                                                                          X(second_previous) X(second_next)

enum class BlockFeature : std::size_t {
#define CARREL_FEATURE(name) name,
  CARREL_BLOCK_FEATURES(CARREL_FEATURE)
#undef CARREL_FEATURE
      count
};

inline constexpr std::size_t kBlockFeatures = static_cast<std::size_t>(BlockFeature::count);
using BlockFeatures = std::array<float, kBlockFeatures>;

/// What the rules have found, for the features that speak of it.
struct RuleVerdict {
  MarkupTree::Index root = MarkupTree::kNone;     ///< where the content lies; kNone: nowhere in particular
  MarkupTree::Index heading = MarkupTree::kNone;  ///< the main heading
  const std::vector<bool>* kept = nullptr;        ///< nodes that the rules keep
};

/// The features of each block, in the order of `blocks`. Linear in the nodes.
std::vector<BlockFeatures> block_features(const MarkupTree& tree, const std::vector<bool>& visible,
                                          const std::vector<TextBlock>& blocks, const RuleVerdict& rules);

}  // namespace carrel::indexer
