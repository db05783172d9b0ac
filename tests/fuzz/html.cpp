// A web page through the reader: whatever the bytes, the answer is well-formed, never without a page, and
// holds text wherever the tree does.
#include "indexer/extract/html.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "indexer/extract/answer_codec.h"
#include "indexer/extract/markup_tree.h"
#include "search/schema/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace carrel::indexer;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Answer answer = read_html(bytes);
  if (!answer || answer->pages.empty() || answer->links.size() > kMostLinks) std::abort();
  for (const Page& page : answer->pages) {
    if (!carrel::schema::is_valid_utf8(page.text)) std::abort();
  }
  // What a child would send must be what its parent accepts.
  if (!decode_answer(encode_answer(answer))) std::abort();

  // Nodes nest: each ends within its parent.
  const MarkupTree tree = MarkupTree::from_html(carrel::schema::repair_utf8(bytes));
  for (MarkupTree::Index i = 0; i < tree.size(); ++i) {
    const MarkupTree::Node& node = tree.node(i);
    if (node.end <= i || node.end > tree.size()) std::abort();
    if (node.parent != MarkupTree::kNone && (node.parent >= i || node.end > tree.node(node.parent).end)) {
      std::abort();
    }
  }
  return 0;
}
