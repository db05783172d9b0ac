#include "indexer/extract/pdf_outline.h"

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include <Catalog.h>
#include <Link.h>
#include <Outline.h>
#include <PDFDoc.h>

#include "indexer/extract/cleaning.h"
#include "indexer/extract/pdf_string.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

constexpr int kMostOutlineItems = 20'000;
constexpr std::size_t kDeepestOutline = 16;
constexpr std::size_t kLongestLabel = 64;
constexpr std::size_t kLongestHeading = 500;

/// Poppler hands out titles as a pointer and a length, later as a vector.
template <typename Item>
std::string outline_title(const Item& item) {
  std::string title;
  if constexpr (requires { item.getTitle().size(); }) {
    for (const auto code : item.getTitle()) schema::append_utf8(title, code);
  } else {
    for (int i = 0; i < item.getTitleLength(); ++i) schema::append_utf8(title, item.getTitle()[i]);
  }
  return std::string(schema::cut_utf8(clean_line(title), kLongestHeading));
}

int target_page(PDFDoc& doc, const OutlineItem& item) {
  const LinkAction* action = item.getAction();
  if (action == nullptr || action->getKind() != actionGoTo) return 0;
  const auto* link = dynamic_cast<const LinkGoTo*>(action);
  if (link == nullptr) return 0;
  std::unique_ptr<LinkDest> named;
  const LinkDest* target = link->getDest();
  if (target == nullptr && link->getNamedDest() != nullptr) {
    named = doc.findDest(link->getNamedDest());
    target = named.get();
  }
  if (target == nullptr) return 0;
  return target->isPageRef() ? doc.findPage(target->getPageRef()) : target->getPageNum();
}

/// `last` takes the last entry of each page.
void collect(PDFDoc& doc, std::vector<Page>& pages, std::vector<std::string>& last) {
  Outline* outline = doc.getOutline();
  const std::vector<OutlineItem*>* items = outline == nullptr ? nullptr : outline->getItems();
  if (items == nullptr) return;
  std::vector<std::pair<const std::vector<OutlineItem*>*, std::size_t>> levels{{items, 0}};
  for (int count = 0; !levels.empty() && count < kMostOutlineItems;) {
    auto& [level, at] = levels.back();
    if (at == level->size()) {
      levels.pop_back();
      continue;
    }
    OutlineItem& item = *(*level)[at++];
    ++count;
    const int page = target_page(doc, item);
    if (page >= 1 && static_cast<std::size_t>(page) <= pages.size()) {
      const auto index = static_cast<std::size_t>(page) - 1;
      last[index] = outline_title(item);
      if (pages[index].heading.empty()) pages[index].heading = last[index];
    }
    if (levels.size() >= kDeepestOutline) continue;
    item.open();
    if (const auto* kids = item.getKids(); kids != nullptr && !kids->empty()) levels.emplace_back(kids, 0);
  }
}

}  // namespace

void read_page_labels(PDFDoc& doc, std::vector<Page>& pages) {
  const Object catalog = doc.getXRef()->getCatalog();
  if (!catalog.isDict() || !catalog.dictLookup("PageLabels").isDict()) return;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    GooString label;
    if (doc.getCatalog()->indexToLabel(static_cast<int>(i), &label)) {
      pages[i].label = schema::cut_utf8(decode_pdf_string(label.toStr()), kLongestLabel);
    }
  }
}

bool read_outline(PDFDoc& doc, std::vector<Page>& pages) {
  std::vector<std::string> last(pages.size());
  collect(doc, pages, last);
  std::string current;
  bool any = false;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].heading.empty()) pages[i].heading = current;
    if (!last[i].empty()) current = std::move(last[i]);
    any = any || !current.empty();
  }
  return any;
}

}  // namespace carrel::indexer
