// What single elements of a web page are for, judged by name, attributes, class and id.
#pragma once

#include <string_view>

#include "indexer/extract/markup_tree.h"

namespace carrel::indexer {

enum class Furniture {
  none,
  likely,    ///< its class or id speaks of navigation, sharing, cookies, advertisements…
  comments,  ///< its class or id speaks of readers' comments
  certain,   ///< `<nav>`, `<footer>`, role=navigation…
};

/// How likely the element is not content.
Furniture furniture_of(const MarkupTree& tree, MarkupTree::Index element);

/// True for elements that never show text of their own: script, style, template, noscript, head…
bool is_never_shown(const MarkupName& name);

/// True for an element hidden by an attribute or its own style.
bool is_hidden(const MarkupTree& tree, MarkupTree::Index element);

/// True for elements that say they hold the content: main, article, role=main, itemprop=articleBody…
bool is_content_mark(const MarkupTree& tree, MarkupTree::Index element);

}  // namespace carrel::indexer
