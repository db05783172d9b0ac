// Where a web page's content lies by rules of thumb: what its elements are called, and which of them holds
// most running text.
#pragma once

#include <vector>

#include "indexer/extract/markup_tree.h"

namespace carrel::indexer {

/// What the rules make of a page, for each node.
struct RuleSelection {
  std::vector<bool> visible;                      ///< shown, or nothing on the page is
  std::vector<bool> without_furniture;            ///< visible, and not called navigation, footer…
  std::vector<bool> kept;                         ///< content
  MarkupTree::Index root = MarkupTree::kNone;     ///< the element that holds it; kNone: none stands out
  MarkupTree::Index heading = MarkupTree::kNone;  ///< the only `<h1>`; kNone: there is none, or several
};

/// Recall goes before precision. When nothing looks like content, all that is visible is kept.
RuleSelection select_by_rules(const MarkupTree& tree);

}  // namespace carrel::indexer
