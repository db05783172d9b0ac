// What the names of elements around a text say about it: their tags, classes and ids.
#pragma once

#include <cstdint>
#include <vector>

#include "indexer/extract/markup_tree.h"

namespace carrel::indexer {

/// Bits of what an element or one around it says of itself.
enum BlockName : std::uint32_t {
  kInArticle = 1U << 0,
  kInMain = 1U << 1,
  kInAside = 1U << 2,
  kInFooter = 1U << 3,
  kInNavigation = 1U << 4,
  kInHeader = 1U << 5,
  kInForm = 1U << 6,
  kInFigure = 1U << 7,
  kInTable = 1U << 8,
  kInList = 1U << 9,
  kInQuote = 1U << 10,
  kNamedContent = 1U << 11,
  kNamedComments = 1U << 12,
  kNamedRelated = 1U << 13,
  kNamedShare = 1U << 14,
  kNamedAuthor = 1U << 15,
  kNamedMeta = 1U << 16,
  kNamedNavigation = 1U << 17,
  kNamedAdvert = 1U << 18,
  kNamedNewsletter = 1U << 19,
  kNamedSidebar = 1U << 20,
  kNamedTags = 1U << 21,
  kNamedCaption = 1U << 22,
  kNamedHeader = 1U << 23,
  kNamedWidget = 1U << 24,
};

struct NamesAround {
  std::uint32_t bits = 0;       ///< of the element and all around it
  std::uint8_t bad_levels = 0;  ///< how many of them have a name of furniture
};

/// For each node what it and the elements around it say. Names of `<html>` and `<body>` do not count: themes
/// put there what a page has somewhere.
std::vector<NamesAround> names_around(const MarkupTree& tree);

}  // namespace carrel::indexer
