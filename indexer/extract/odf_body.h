// Walking through content.xml of an OpenDocument file.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/section_writer.h"
#include "indexer/extract/table_text.h"
#include "indexer/extract/xml_reader.h"

namespace carrel::indexer {

/// Kind of an OpenDocument file.
enum class OdfKind { text, presentation, spreadsheet };

/// Writes the text of a document into sections or pages.
class OdfBody : public XmlVisitor {
 public:
  OdfBody(OdfKind kind, SectionWriter& writer) : kind_(kind), writer_(writer) {}

  bool open(const XmlElement& element) override;
  void close(std::string_view name) override;
  void text(std::string_view text) override;

  const std::string& title() const { return title_; }                  ///< paragraph of the style "Title"
  const std::string& first_heading() const { return first_heading_; }  ///< or title of a slide
  const std::vector<std::string>& hidden() const { return hidden_; }   ///< slides by number, sheets by name

 private:
  struct Paragraph {
    std::string text;
    bool heading = false;
    bool title = false;
  };
  struct Note {
    std::string text;
    std::size_t depth = 0;  ///< open paragraphs outside of it
  };

  bool open_style(const XmlElement& element);
  bool open_page(const XmlElement& element);
  void open_text(const XmlElement& element);
  void end_paragraph();
  void end_slide();
  void end_row();

  OdfKind kind_;
  SectionWriter& writer_;
  std::vector<Paragraph> paragraphs_;  ///< open ones; a text box or a note lies inside a paragraph
  std::vector<Note> notes_;            ///< open ones
  std::vector<std::string> finished_notes_;
  TableText tables_;
  std::string alternative_;
  bool in_alternative_ = false;
  std::string style_;                    ///< the automatic style that is read
  std::set<std::string> hidden_styles_;  ///< of pages and tables that are not shown
  std::set<std::string> title_styles_{"Title"};
  bool slide_title_ = false;
  bool in_slide_ = false;
  std::string slide_heading_;
  std::vector<std::string> slide_text_;
  std::size_t slides_ = 0;
  std::string title_;
  std::string first_heading_;
  std::vector<std::string> hidden_;
};

}  // namespace carrel::indexer
