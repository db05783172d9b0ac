#include "indexer/extract/markup_text.h"

#include <algorithm>

#include "indexer/extract/html_furniture.h"
#include "indexer/extract/html_sections.h"
#include "indexer/extract/markup_tree.h"

namespace carrel::indexer {

std::vector<Page> split_whole_page(std::string html) {
  // A NUL would end the document for a parser of C strings.
  std::replace(html.begin(), html.end(), '\0', ' ');
  const MarkupTree tree = MarkupTree::from_html(html);
  std::vector<bool> shown(tree.size(), true);
  for (MarkupTree::Index i = 0; i < tree.size();) {
    if (!tree.node(i).is_text() && (is_never_shown(tree.name(i)) || is_hidden(tree, i))) {
      for (const MarkupTree::Index end = tree.node(i).end; i < end; ++i) shown[i] = false;
    } else {
      ++i;
    }
  }
  return split_sections(tree, shown);
}

}  // namespace carrel::indexer
