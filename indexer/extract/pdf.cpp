#include "indexer/extract/pdf.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <Catalog.h>
#include <Error.h>
#include <ErrorCodes.h>
#include <GlobalParams.h>
#include <Link.h>
#include <Outline.h>
#include <PDFDoc.h>
#include <Page.h>
#include <Stream.h>
#include <TextOutputDev.h>
#include <fmt/format.h>

#include "indexer/extract/cleaning.h"
#include "indexer/extract/found_fields.h"
#include "indexer/extract/pdf_layout.h"
#include "indexer/extract/pdf_string.h"
#include "indexer/extract/xmp.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

using schema::FieldId;

// Fewer bytes of text than this on a page with a large picture: a stamp on a scan, not a text layer.
constexpr std::size_t kStampBytes = 100;
// A picture of a page has at least this many pixels: a small page at 72 dpi.
constexpr long kPagePicturePixels = 300'000;
constexpr int kMostOutlineItems = 20'000;
constexpr std::size_t kDeepestOutline = 16;

/// Takes the lines of TextPage::dump(). A line that is followed by the next without a '\n' has lost its
/// hyphen.
struct LineSink {
  std::vector<PrintLine> lines;
  bool open = false;

  static void take(void* sink, const char* text, int bytes) {
    auto& self = *static_cast<LineSink*>(sink);
    const std::string_view piece(text, static_cast<std::size_t>(bytes));
    if (piece == "\n") {
      self.open = false;
      return;
    }
    if (self.open) self.lines.back().hyphen_removed = true;
    self.lines.push_back({.text = std::string(piece)});
    self.open = true;
  }
};

void measure(const TextLine& line, PrintLine& measured) {
  bool first = true;
  for (const TextWord* word = line.getWords(); word != nullptr; word = word->getNext()) {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
    word->getBBox(&left, &top, &right, &bottom);
    measured.left = first ? left : std::min(measured.left, left);
    measured.right = first ? right : std::max(measured.right, right);
    measured.font_size = std::max(measured.font_size, word->getFontSize());
    first = false;
  }
}

/// The lines of a page as pdftotext orders them, with their places.
std::vector<PrintLine> lines_of(TextPage& page) {
  LineSink sink;
  page.dump(&sink, &LineSink::take, false, eolUnix, false);
  std::size_t at = 0;
  for (const TextFlow* flow = page.getFlows(); flow != nullptr; flow = flow->getNext()) {
    for (const TextBlock* block = flow->getBlocks(); block != nullptr; block = block->getNext()) {
      for (const TextLine* line = block->getLines(); line != nullptr; line = line->getNext()) {
        if (at == sink.lines.size()) return std::move(sink.lines);
        measure(*line, sink.lines[at]);
        sink.lines[at].ends_block = line->getNext() == nullptr;
        ++at;
      }
    }
  }
  return std::move(sink.lines);
}

/// Poppler hands out titles as a pointer and a length, later as a vector.
template <typename Item>
std::string outline_title(const Item& item) {
  std::string title;
  if constexpr (requires { item.getTitle().size(); }) {
    for (const auto code : item.getTitle()) schema::append_utf8(title, code);
  } else {
    for (int i = 0; i < item.getTitleLength(); ++i) schema::append_utf8(title, item.getTitle()[i]);
  }
  return clean_line(title);
}

/// A PDF open for reading.
class PdfReader {
 public:
  explicit PdfReader(std::string_view bytes)
      : doc_(new MemStream(bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull))) {}

  Answer read() {
    if (!doc_.isOk()) return std::unexpected(why_not());
    const int pages = doc_.getNumPages();
    if (pages < 1) return std::unexpected(ExtractionFailure{"damaged", "No page can be found in it"});
    Extraction extraction;
    extraction.format = "pdf";
    extraction.pages.resize(static_cast<std::size_t>(pages));
    read_texts(extraction.pages);
    read_labels(extraction.pages);
    read_outline(extraction.pages);
    const Object catalog = doc_.getXRef()->getCatalog();
    read_metadata(catalog);
    const bool has_language = found_.has(FieldId::language);
    judge(extraction, catalog, has_language);
    extraction.found = found_.take();
    return extraction;
  }

 private:
  ExtractionFailure why_not() {
    if (doc_.getErrorCode() == errEncrypted) {
      return {"encrypted", "It is encrypted and opens only with a password"};
    }
    return {"damaged", "It is no readable PDF: its structure is damaged"};
  }

  void read_texts(std::vector<Page>& pages) {
    std::vector<std::string> raw(pages.size());
    for (std::size_t i = 0; i < pages.size(); ++i) {
      const int number = static_cast<int>(i) + 1;
      ::Page* page = doc_.getPage(number);
      if (page == nullptr || !page->isOk()) {
        ++failed_pages_;
        continue;
      }
      // A device for each page: after takeText() one would go on filling the page it has given away.
      TextOutputDev device(nullptr, false, 0, false, false);
      // As pdftotext: 72 dpi, media box, on screen.
      doc_.displayPage(&device, number, 72, 72, 0, true, false, false);
      TextPage* text = device.takeText();
      const std::vector<PrintLine> lines = lines_of(*text);
      text->decRefCnt();
      raw[i] = join_lines(lines);
      if (i < 3 && largest_text_.empty()) largest_text_ = largest_text(lines);
      if (count_text(*page, raw[i])) pages[i].text_layer = TextLayer::none;
    }
    clean_pages(raw, LineEnds::lines);
    for (std::size_t i = 0; i < pages.size(); ++i) pages[i].text = std::move(raw[i]);
  }

  /// True for a picture of a page, with no text but perhaps a stamp.
  bool count_text(::Page& page, std::string_view raw) {
    const auto bytes = std::count_if(raw.begin(), raw.end(), [](char c) { return c != ' ' && c != '\n'; });
    text_bytes_ += static_cast<std::size_t>(bytes);
    if (static_cast<std::size_t>(bytes) >= kStampBytes) return false;
    Dict* resources = page.getResourceDict();
    if (resources == nullptr || picture_pixels(*resources, 0) < kPagePicturePixels) return false;
    ++pictured_pages_;
    return true;
  }

  /// Pixels of all pictures that a page (or a form on it) can show; scans often come in strips.
  long picture_pixels(const Dict& resources, int depth) {
    const Object objects = resources.lookup("XObject");
    if (!objects.isDict()) return 0;
    long pixels = 0;
    for (int i = 0; i < std::min(objects.dictGetLength(), 200) && pixels < kPagePicturePixels; ++i) {
      const Object object = objects.dictGetVal(i);
      if (!object.isStream()) continue;
      const Dict& dict = *object.streamGetDict();
      const Object subtype = dict.lookup("Subtype");
      if (subtype.isName("Image")) {
        const Object width = dict.lookup("Width");
        const Object height = dict.lookup("Height");
        if (width.isInt() && height.isInt() && width.getInt() > 0 && height.getInt() > 0) {
          pixels += static_cast<long>(width.getInt()) * height.getInt();
        }
      } else if (subtype.isName("Form") && depth < 3) {
        const Object inner = dict.lookup("Resources");
        if (inner.isDict()) pixels += picture_pixels(*inner.getDict(), depth + 1);
      }
    }
    return pixels;
  }

  void read_labels(std::vector<Page>& pages) {
    const Object catalog = doc_.getXRef()->getCatalog();
    if (!catalog.isDict() || !catalog.dictLookup("PageLabels").isDict()) return;
    for (std::size_t i = 0; i < pages.size(); ++i) {
      GooString label;
      if (doc_.getCatalog()->indexToLabel(static_cast<int>(i), &label)) {
        pages[i].label = schema::cut_utf8(decode_pdf_string(label.toStr()), 64);
      }
    }
  }

  /// A page stands under the first entry that points to it; without one, under the last entry before it.
  void read_outline(std::vector<Page>& pages) {
    std::vector<std::string> last(pages.size());
    collect_outline(pages, last);
    std::string current;
    for (std::size_t i = 0; i < pages.size(); ++i) {
      if (pages[i].heading.empty()) pages[i].heading = current;
      if (!last[i].empty()) current = std::move(last[i]);
    }
  }

  void collect_outline(std::vector<Page>& pages, std::vector<std::string>& last) {
    Outline* outline = doc_.getOutline();
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
      const int page = target_page(item);
      if (page >= 1 && static_cast<std::size_t>(page) <= pages.size()) {
        const auto index = static_cast<std::size_t>(page) - 1;
        last[index] = schema::cut_utf8(outline_title(item), 500);
        if (pages[index].heading.empty()) pages[index].heading = last[index];
      }
      if (levels.size() >= kDeepestOutline) continue;
      item.open();
      if (const auto* kids = item.getKids(); kids != nullptr && !kids->empty()) levels.emplace_back(kids, 0);
    }
  }

  int target_page(const OutlineItem& item) {
    const LinkAction* action = item.getAction();
    if (action == nullptr || action->getKind() != actionGoTo) return 0;
    const auto* link = dynamic_cast<const LinkGoTo*>(action);
    if (link == nullptr) return 0;
    std::unique_ptr<LinkDest> named;
    const LinkDest* target = link->getDest();
    if (target == nullptr && link->getNamedDest() != nullptr) {
      named = doc_.findDest(link->getNamedDest());
      target = named.get();
    }
    if (target == nullptr) return 0;
    return target->isPageRef() ? doc_.findPage(target->getPageRef()) : target->getPageNum();
  }

  void read_metadata(const Object& catalog) {
    if (const auto packet = doc_.readMetadata()) read_xmp(packet->toStr(), found_);
    const Object dictionary = doc_.getDocInfo();
    const auto entry = [&](const char* key) -> std::string {
      if (!dictionary.isDict()) return {};
      const Object value = dictionary.dictLookup(key);
      return value.isString() ? decode_pdf_string(value.getString()->toStr()) : std::string();
    };
    found_.add_title(entry("Title"), "PDF Info Title");
    has_title_ = found_.has(FieldId::title);
    if (!has_title_) found_.add_title(clean_line(largest_text_), "largest text on page 1");
    found_.add(FieldId::description, entry("Subject"), "PDF Info Subject");
    if (!found_.has(FieldId::author))
      found_.add_list(FieldId::author, entry("Author"), "PDF Info Author", false);
    found_.add_list(FieldId::topic, entry("Keywords"), "PDF Info Keywords", true);
    found_.add_date(entry("CreationDate"), "PDF Info CreationDate");
    if (catalog.isDict()) {
      const Object language = catalog.dictLookup("Lang");
      if (language.isString())
        found_.add_language(decode_pdf_string(language.getString()->toStr()), "PDF /Lang");
    }
  }

  bool is_tagged(const Object& catalog) {
    if (!catalog.isDict() || !catalog.dictLookup("StructTreeRoot").isDict()) return false;
    return (doc_.getCatalog()->getMarkInfo() & Catalog::markInfoMarked) != 0;
  }

  void judge(Extraction& extraction, const Object& catalog, bool has_language) {
    const std::size_t pages = extraction.pages.size();
    const std::size_t no_text = text_bytes_ == 0 ? pages : pictured_pages_;
    const auto warn = [&](std::string code, std::string text) {
      extraction.warnings.push_back({std::move(code), std::move(text)});
    };
    if (no_text > 0) {
      warn("no-text-layer", fmt::format("{} of {} pages have no text that can be read", no_text, pages));
    }
    if (failed_pages_ > 0) {
      warn("some-pages-failed",
           fmt::format("{} of {} pages are damaged and stay empty", failed_pages_, pages));
    }
    if (!has_title_) warn("no-title", "Its metadata hold no title, or only a file name");
    const bool tagged = is_tagged(catalog);
    if (!tagged) warn("untagged", "It is not tagged, so screen readers cannot follow it");
    if (no_text * 2 > pages) {
      found_.add(FieldId::accessible, "scanned", "pages without text");
    } else if (tagged && has_language) {
      found_.add(FieldId::accessible, "accessible", "tags, text and language");
    } else {
      found_.add(FieldId::accessible, "untagged", tagged ? "no language" : "no tags");
    }
  }

  PDFDoc doc_;
  FoundFields found_;
  std::string largest_text_;
  std::size_t text_bytes_ = 0;
  std::size_t pictured_pages_ = 0;
  std::size_t failed_pages_ = 0;
  bool has_title_ = false;
};

}  // namespace

Answer read_pdf(std::string_view bytes) {
  warm_up_pdf();
  return PdfReader(bytes).read();
}

void warm_up_pdf() {
  if (globalParams) return;
  globalParams = std::make_unique<GlobalParams>();
  globalParams->setErrQuiet(true);
  setErrorCallback([](ErrorCategory, Goffset, const char*) {});
}

}  // namespace carrel::indexer
