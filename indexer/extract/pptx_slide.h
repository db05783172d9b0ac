// One slide of a PowerPoint presentation, or its notes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/language_tally.h"
#include "indexer/extract/table_text.h"
#include "indexer/extract/xml_reader.h"

namespace carrel::indexer {

/// What a slide says.
struct SlideText {
  std::string title;
  std::vector<std::string> paragraphs;  ///< in the order of the shapes, without the title
  bool hidden = false;                  ///< left out of the show
};

/// Reads a slide, a page of notes or the data of a diagram. Numbers, dates, headers and footers of the layout
/// are left out.
class SlideReader : public XmlVisitor {
 public:
  explicit SlideReader(LanguageTally& languages) : languages_(languages) {}

  bool open(const XmlElement& element) override;
  void close(std::string_view name) override;
  void text(std::string_view text) override;

  SlideText take() { return std::move(slide_); }

 private:
  enum class Place { body, title, furniture };

  void end_paragraph();

  LanguageTally& languages_;
  SlideText slide_;
  Place place_ = Place::body;
  TableText tables_;
  std::string paragraph_;
  std::string run_language_;
  bool in_text_ = false;
};

}  // namespace carrel::indexer
