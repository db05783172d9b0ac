// From headings and paragraphs in reading order to Pages: for documents that have no pages of their own.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/extraction.h"

namespace carrel::indexer {

/// Builds one Page per heading with what follows up to the next, the heading as its first line, as web pages
/// are split. A heading without text of its own joins the section that follows. Sections that grow too long
/// for a passage to be found in are continued in another Page under the same heading.
class SectionWriter {
 public:
  /// About 1,200 words: below this a document is best ranked whole.
  static constexpr std::size_t kLongest = 8000;
  static constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();
  /// Text beyond this is dropped and cut() says so; no book has so much.
  static constexpr std::size_t kMostText = std::size_t{64} << 20;

  /// `longest`: bytes of text at which a section is continued.
  explicit SectionWriter(std::size_t longest = kLongest) : longest_(longest) {}

  /// Begins a section.
  void heading(std::string_view raw);

  /// Text of the section; each '\n' in it ends a paragraph. Blank text is passed over.
  void paragraph(std::string_view raw);

  /// A footnote: comes behind the other text of its section.
  void note(std::string_view raw);

  /// Begins a Page whatever came before: a slide, a sheet, a chapter. `shown` is its heading and first line.
  void begin_page(std::string_view shown);

  /// Gives the open Page a heading that is not its first line.
  void name_page(std::string_view heading);

  bool cut() const { return cut_; }

  /// The Pages, cleaned; at least one, which is empty when there was nothing.
  std::vector<Page> take();

 private:
  struct Section {
    std::string heading;
    std::string text;
    std::size_t body_at = 0;  ///< where the text behind the headings begins
    std::vector<std::string> notes;
    bool kept = false;  ///< a page of its own even when it is empty

    bool has_body() const { return text.size() > body_at || !notes.empty(); }
  };

  Section& current();
  void append(Section& section, std::string_view raw);

  std::size_t longest_;
  std::size_t total_ = 0;
  std::vector<Section> sections_;
  bool cut_ = false;
};

}  // namespace carrel::indexer
