#include "indexer/extract/docx.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "indexer/extract/docx_body.h"
#include "indexer/extract/opc.h"
#include "indexer/extract/package_answer.h"
#include "indexer/extract/section_writer.h"

namespace carrel::indexer {
namespace {

using schema::FieldId;

/// One Word document on its way into an Extraction.
class DocxReader {
 public:
  explicit DocxReader(Archive& archive) : archive_(archive) {}

  Answer read() {
    read_core_properties(archive_, found_);
    const std::string body = main_part(archive_, "word/document.xml");
    const auto relationships = relationships_of(archive_, body);
    if (const auto xml = archive_.read(target_of_type(relationships, "styles"))) styles_.read(*xml);
    read_notes(target_of_type(relationships, "footnotes"), 'f');
    read_notes(target_of_type(relationships, "endnotes"), 'e');
    read_body(body);
    if (archive_.failure()) return std::unexpected(*archive_.failure());
    Extraction extraction;
    extraction.format = "docx";
    const bool cut = sections_.cut();
    extraction.pages = sections_.take();
    found_.add_title(title_, "title paragraph");
    found_.add_title(first_heading_, "first heading");
    languages_.declare(styles_.default_language(), extraction.pages, found_);
    return finish_document(std::move(extraction), std::move(found_),
                           {.damaged = damaged_ || archive_.partly_damaged(), .cut = cut});
  }

 private:
  /// Notes by a letter for their kind and their id.
  void read_notes(const std::string& part, char kind) {
    const std::optional<std::string> xml = archive_.read(part);
    if (!xml) return;
    std::map<std::string, std::string> notes;
    if (!read_docx_notes(*xml, styles_, languages_, notes)) damaged_ = true;
    for (auto& [id, text] : notes) notes_.emplace(kind + id, std::move(text));
  }

  void read_body(const std::string& part) {
    const std::optional<std::string> xml = archive_.read(part);
    DocxBody body(
        styles_, languages_, [this](ParagraphRole role, const std::string& text) { take(role, text); },
        [this](const std::string& key) {
          if (const auto note = notes_.find(key); note != notes_.end()) sections_.note(note->second);
        });
    if (!xml || !read_xml(*xml, body)) damaged_ = true;
  }

  void take(ParagraphRole role, const std::string& text) {
    switch (role) {
      case ParagraphRole::title:
        if (title_.empty()) title_ = text;
        sections_.heading(text);
        break;
      case ParagraphRole::heading:
        if (first_heading_.empty()) first_heading_ = text;
        sections_.heading(text);
        break;
      case ParagraphRole::text:
        sections_.paragraph(text);
        break;
      case ParagraphRole::contents:
        break;
    }
  }

  Archive& archive_;
  FoundFields found_;
  DocxStyles styles_;
  LanguageTally languages_;
  SectionWriter sections_;
  std::map<std::string, std::string> notes_;
  std::string title_;
  std::string first_heading_;
  bool damaged_ = false;
};

}  // namespace

Answer read_docx(std::string_view bytes) {
  auto archive = Archive::open(bytes);
  if (!archive) return std::unexpected(std::move(archive.error()));
  return DocxReader(*archive).read();
}

}  // namespace carrel::indexer
