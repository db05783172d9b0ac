// Walking through the text of a Word document: its body, its footnotes.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/docx_styles.h"
#include "indexer/extract/language_tally.h"
#include "indexer/extract/table_text.h"
#include "indexer/extract/xml_reader.h"

namespace carrel::indexer {

/// Hands out the paragraphs of a part in reading order. A table's row is one paragraph.
class DocxBody : public XmlVisitor {
 public:
  using TakeParagraph = std::function<void(ParagraphRole role, const std::string& text)>;
  /// A reference to a footnote or an endnote in the paragraph that is read.
  using TakeNote = std::function<void(const std::string& key)>;

  DocxBody(const DocxStyles& styles, LanguageTally& languages, TakeParagraph paragraph, TakeNote note)
      : styles_(styles), languages_(languages), paragraph_(std::move(paragraph)), note_(std::move(note)) {}

  bool open(const XmlElement& element) override;
  void close(std::string_view name) override;
  void text(std::string_view text) override;

 private:
  struct Paragraph {
    std::string text;
    std::string style;
    int outline = -1;
    std::vector<std::string> notes;
  };

  bool open_property(const XmlElement& element);
  void open_run_content(const XmlElement& element);
  void add(std::string_view text);
  void end_paragraph();

  const DocxStyles& styles_;
  LanguageTally& languages_;
  TakeParagraph paragraph_;
  TakeNote note_;
  std::vector<Paragraph> paragraphs_;  ///< open ones; a text box lies inside a paragraph
  TableText tables_;
  std::vector<bool> placeholders_;  ///< for each open content control whether it shows but a prompt
  std::string run_language_;
  bool vanished_ = false;
  bool in_text_ = false;
};

/// Reads word/footnotes.xml or endnotes.xml into texts by id. False when it is not whole.
bool read_docx_notes(std::string_view xml, const DocxStyles& styles, LanguageTally& languages,
                     std::map<std::string, std::string>& notes);

}  // namespace carrel::indexer
