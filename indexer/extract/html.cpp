#include "indexer/extract/html.h"

#include <algorithm>
#include <string>
#include <utility>

#include "indexer/extract/charset.h"
#include "indexer/extract/found_fields.h"
#include "indexer/extract/html_fields.h"
#include "indexer/extract/html_links.h"
#include "indexer/extract/html_sections.h"
#include "indexer/extract/main_content.h"
#include "indexer/extract/markup_tree.h"

namespace carrel::indexer {

Answer read_html(std::string_view bytes, std::optional<std::string_view> charset) {
  std::string utf8 = decode_page(bytes, charset).utf8;
  // A NUL would end the document for a parser of C strings.
  std::replace(utf8.begin(), utf8.end(), '\0', ' ');
  const MarkupTree tree = MarkupTree::from_html(utf8);
  utf8 = {};

  Extraction extraction;
  extraction.format = "html";
  const std::vector<bool> content = select_main_content(tree);
  extraction.pages = split_sections(tree, content);
  FoundFields found;
  read_html_fields(tree, content, found);
  extraction.links = read_links(tree);
  extraction.noindex = asks_not_to_be_indexed(tree);
  if (!found.has(schema::FieldId::title)) {
    extraction.warnings.push_back({"no-title", "The page has neither a title nor a main heading"});
  }
  const bool empty = std::all_of(extraction.pages.begin(), extraction.pages.end(),
                                 [](const Page& page) { return page.text.empty(); });
  if (empty) extraction.warnings.push_back({"no-text", "The page shows no text without scripts"});
  extraction.found = found.take();
  return extraction;
}

}  // namespace carrel::indexer
