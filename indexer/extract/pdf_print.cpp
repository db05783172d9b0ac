#include "indexer/extract/pdf_print.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <PDFDoc.h>
#include <Page.h>
#include <TextOutputDev.h>

namespace carrel::indexer {
namespace {

constexpr int kMostPictures = 200;
constexpr int kDeepestForm = 3;

/// Takes text as pdftotext does and counts the glyphs of which nobody can say what they mean.
class CountingDevice final : public TextOutputDev {
 public:
  CountingDevice() : TextOutputDev(nullptr, false, 0, false, false) {}

  void drawChar(GfxState* state, double x, double y, double dx, double dy, double originX, double originY,
                CharCode code, int bytes, const Unicode* unicode, int length) override {
    ++glyphs;
    if (length == 0 || unicode == nullptr || unicode[0] == 0) ++unmapped;
    TextOutputDev::drawChar(state, x, y, dx, dy, originX, originY, code, bytes, unicode, length);
  }

  std::size_t glyphs = 0;
  std::size_t unmapped = 0;
};

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
    measured.top = first ? top : std::min(measured.top, top);
    measured.bottom = first ? bottom : std::max(measured.bottom, bottom);
    measured.font_size = std::max(measured.font_size, word->getFontSize());
    measured.upright = measured.upright && word->getRotation() == 0;
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

/// The visible part of a page that is drawn by its media box: where its paper begins and ends from the top.
void measure_paper(const ::Page& page, PrintPage& print) {
  const PDFRectangle& media = *page.getMediaBox();
  const PDFRectangle& crop = *page.getCropBox();
  switch (page.getRotate()) {
    case 90:
      print.top = crop.x1 - media.x1;
      print.bottom = crop.x2 - media.x1;
      break;
    case 180:
      print.top = crop.y1 - media.y1;
      print.bottom = crop.y2 - media.y1;
      break;
    case 270:
      print.top = media.x2 - crop.x2;
      print.bottom = media.x2 - crop.x1;
      break;
    default:
      print.top = media.y2 - crop.y2;
      print.bottom = media.y2 - crop.y1;
  }
}

long pixels_below(const Dict& resources, long enough, int depth) {
  const Object objects = resources.lookup("XObject");
  if (!objects.isDict()) return 0;
  long pixels = 0;
  for (int i = 0; i < std::min(objects.dictGetLength(), kMostPictures) && pixels < enough; ++i) {
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
    } else if (subtype.isName("Form") && depth < kDeepestForm) {
      const Object inner = dict.lookup("Resources");
      if (inner.isDict()) pixels += pixels_below(*inner.getDict(), enough, depth + 1);
    }
  }
  return pixels;
}

}  // namespace

PrintedPage print_page(PDFDoc& doc, int number, const std::function<bool()>& give_up) {
  PrintedPage printed;
  const ::Page* page = doc.getPage(number);
  if (page == nullptr || !page->isOk()) return printed;
  printed.ok = true;
  measure_paper(*page, printed.print);
  // A device for each page: after takeText() one would go on filling the page it has given away.
  CountingDevice device;
  const auto ask = [](void* asked) { return (*static_cast<const std::function<bool()>*>(asked))(); };
  // As pdftotext: 72 dpi, media box, on screen.
  doc.displayPage(&device, number, 72, 72, 0, true, false, false, ask,
                  const_cast<std::function<bool()>*>(&give_up));
  TextPage* text = device.takeText();
  printed.print.lines = lines_of(*text);
  text->decRefCnt();
  printed.glyphs = device.glyphs;
  printed.unmapped = device.unmapped;
  printed.whole = !give_up();
  return printed;
}

long picture_pixels(PDFDoc& doc, int number, long enough) {
  ::Page* page = doc.getPage(number);
  Dict* resources = page == nullptr ? nullptr : page->getResourceDict();
  return resources == nullptr ? 0 : pixels_below(*resources, enough, 0);
}

}  // namespace carrel::indexer
