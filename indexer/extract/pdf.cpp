#include "indexer/extract/pdf.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include <Catalog.h>
#include <Error.h>
#include <ErrorCodes.h>
#include <GlobalParams.h>
#include <PDFDoc.h>
#include <Stream.h>
#include <fmt/format.h>

#include "indexer/extract/cleaning.h"
#include "indexer/extract/found_fields.h"
#include "indexer/extract/pdf_annotations.h"
#include "indexer/extract/pdf_garble.h"
#include "indexer/extract/pdf_headings.h"
#include "indexer/extract/pdf_layout.h"
#include "indexer/extract/pdf_outline.h"
#include "indexer/extract/pdf_page_text.h"
#include "indexer/extract/pdf_print.h"
#include "indexer/extract/pdf_running_lines.h"
#include "indexer/extract/pdf_string.h"
#include "indexer/extract/reading_clock.h"
#include "indexer/extract/xmp.h"

namespace carrel::indexer {
namespace {

using schema::FieldId;

// Fewer bytes of text than this on a page with a large picture: a stamp on a scan, not a text layer.
constexpr std::size_t kStampBytes = 100;
// A picture of a page has at least this many pixels: a small page at 72 dpi.
constexpr long kPagePicturePixels = 300'000;
constexpr std::size_t kMostNamedFiles = 10;

std::string raw_text(const PrintPage& page) {
  std::string raw;
  for (const PrintLine& line : page.lines) raw.append(line.text).push_back('\n');
  return raw;
}

std::size_t count_visible(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c != ' ' && c != '\n'; }));
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
    extraction_.format = "pdf";
    extraction_.pages.resize(static_cast<std::size_t>(pages));
    const Object catalog = doc_.getXRef()->getCatalog();
    read_metadata(catalog);
    read_page_labels(doc_, extraction_.pages);
    has_outline_ = read_outline(doc_, extraction_.pages);
    files_ = read_attachments(doc_);
    tagged_ = is_tagged(catalog);
    prints_.resize(extraction_.pages.size());
    notes_.resize(extraction_.pages.size());
    const PartialReading partial([this] { return finish_early(); });
    print_pages();
    const auto guard = PartialReading::lock();
    return finish();
  }

 private:
  ExtractionFailure why_not() {
    if (doc_.getErrorCode() == errEncrypted) {
      return {"encrypted", "It is encrypted and opens only with a password"};
    }
    return {"damaged", "It is no readable PDF: its structure is damaged"};
  }

  void print_pages() {
    for (std::size_t i = 0; i < prints_.size() && cut_.empty(); ++i) {
      try {
        print_page_at(i);
      } catch (const std::bad_alloc&) {
        const auto guard = PartialReading::lock();
        cut_ = "too much memory";
      }
      if (cut_.empty() && is_reading_late()) cut_ = "too long";
    }
  }

  void print_page_at(std::size_t index) {
    const int number = static_cast<int>(index) + 1;
    PrintedPage printed = print_page(doc_, number, is_reading_late);
    const Annotations annotations = printed.ok ? read_annotations(doc_, number) : Annotations{};
    const bool pictured = printed.ok && count_visible(raw_text(printed.print)) < kStampBytes &&
                          picture_pixels(doc_, number, kPagePicturePixels) >= kPagePicturePixels;
    const auto guard = PartialReading::lock();
    if (!printed.ok) ++failed_pages_;
    if (printed.whole) ++pages_read_;
    take_page(index, std::move(printed), pictured);
    for (const AttachedFile& file : annotations.files) {
      notes_[index].push_back(file_line(file));
      files_on_pages_.push_back(file);
    }
    std::vector<std::string> texts = texts_not_on_page(annotations.texts, raw_text(prints_[index]));
    std::move(texts.begin(), texts.end(), std::back_inserter(notes_[index]));
  }

  /// Decides Page::text_layer and takes garbage away.
  void take_page(std::size_t index, PrintedPage printed, bool pictured) {
    Page& page = extraction_.pages[index];
    const std::string raw = raw_text(printed.print);
    if (is_garbled(raw, printed.glyphs, printed.unmapped)) {
      page.text_layer = TextLayer::unreadable;
      keep_readable_lines(printed.print.lines);
    } else if (pictured) {
      page.text_layer = TextLayer::none;
    }
    text_bytes_ += count_visible(raw);
    prints_[index] = std::move(printed.print);
  }

  /// For the thread that ends this process when a page hangs it or takes all its memory: the pages before.
  Answer finish_early() {
    if (text_bytes_ == 0)
      return std::unexpected(ExtractionFailure{"timeout", "None of its pages was read in time"});
    cut_ = "too long or too much memory";
    return finish();
  }

  Answer finish() {
    mark_running_lines(prints_);
    find_title();
    if (!has_outline_) find_headings();
    add_file_names();
    lay_out_pages(prints_, notes_, extraction_.pages);
    judge(tagged_);
    extraction_.found = found_.take();
    return std::move(extraction_);
  }

  void find_title() {
    has_title_ = found_.has(FieldId::title);
    for (std::size_t i = 0; i < std::min<std::size_t>(prints_.size(), 3) && title_print_.empty(); ++i) {
      std::vector<PrintLine> body = prints_[i].lines;
      std::erase_if(body, [](const PrintLine& line) { return line.place != Place::body; });
      title_print_ = clean_line(largest_text(body));
    }
    if (!has_title_) found_.add_title(title_print_, "largest text on page 1");
  }

  void find_headings() {
    std::vector<std::string> headings = headings_by_size(prints_, title_print_);
    for (std::size_t i = 0; i < headings.size(); ++i) extraction_.pages[i].heading = std::move(headings[i]);
  }

  static std::string file_line(const AttachedFile& file) {
    return file.description.empty() || file.description == file.name ? file.name
                                                                     : file.name + ": " + file.description;
  }

  /// The names of files that are attached to the whole document stand on its first page: that is where they
  /// are offered.
  void add_file_names() {
    for (const AttachedFile& file : files_) notes_.front().push_back(file_line(file));
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

  void warn(std::string code, std::string text) {
    extraction_.warnings.push_back({std::move(code), std::move(text)});
  }

  void judge(bool tagged) {
    std::vector<Page>& pages = extraction_.pages;
    if (text_bytes_ == 0 && cut_.empty()) {
      for (Page& page : pages) {
        if (page.text_layer == TextLayer::text) page.text_layer = TextLayer::none;
      }
    }
    const auto count = [&](TextLayer layer) {
      return static_cast<std::size_t>(std::count_if(
          pages.begin(), pages.end(), [&](const Page& page) { return page.text_layer == layer; }));
    };
    const std::size_t none = count(TextLayer::none);
    const std::size_t unreadable = count(TextLayer::unreadable);
    if (none > 0) {
      warn("no-text-layer", fmt::format("{} of {} pages have no text that can be read", none, pages.size()));
    }
    if (unreadable > 0) {
      warn("unreadable-text",
           fmt::format(
               "{} of {} pages have text without meaning: their fonts do not say which letters they show",
               unreadable, pages.size()));
    }
    if (failed_pages_ > 0) {
      warn("some-pages-failed",
           fmt::format("{} of {} pages are damaged and stay empty", failed_pages_, pages.size()));
    }
    if (!cut_.empty() && pages_read_ < pages.size()) {
      warn("cut-short", fmt::format("Reading it took {}: only the first {} of {} pages are indexed", cut_,
                                    pages_read_, pages.size()));
    }
    warn_of_files();
    if (!has_title_) warn("no-title", "Its metadata hold no title, or only a file name");
    if (!tagged) warn("untagged", "It is not tagged, so screen readers cannot follow it");
    const bool has_language = found_.has(FieldId::language);
    if ((none + unreadable) * 2 > pages.size()) {
      found_.add(FieldId::accessible, "scanned", "pages without text");
    } else if (tagged && has_language) {
      found_.add(FieldId::accessible, "accessible", "tags, text and language");
    } else {
      found_.add(FieldId::accessible, "untagged", tagged ? "no language" : "no tags");
    }
  }

  void warn_of_files() {
    std::move(files_on_pages_.begin(), files_on_pages_.end(), std::back_inserter(files_));
    if (files_.empty()) return;
    std::string names;
    for (std::size_t i = 0; i < std::min(files_.size(), kMostNamedFiles); ++i) {
      names += (names.empty() ? "" : ", ") + files_[i].name;
    }
    if (files_.size() > kMostNamedFiles) names += ", …";
    warn("attachments",
         fmt::format("Files are attached to it whose text is not read ({}): {}", files_.size(), names));
  }

  PDFDoc doc_;
  Extraction extraction_;
  FoundFields found_;
  std::vector<PrintPage> prints_;
  std::vector<std::vector<std::string>> notes_;  // of each page: fields, notes, names of files
  std::vector<AttachedFile> files_;
  std::vector<AttachedFile> files_on_pages_;
  std::string title_print_;
  std::size_t text_bytes_ = 0;
  std::size_t failed_pages_ = 0;
  std::size_t pages_read_ = 0;
  std::string cut_;  // why not all pages were read
  bool tagged_ = false;
  bool has_outline_ = false;
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
