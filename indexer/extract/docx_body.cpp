#include "indexer/extract/docx_body.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

/// Word's switches are on when they say nothing.
bool is_on(const XmlElement& element) {
  const std::string_view value = element.value("val");
  return value != "0" && value != "false" && value != "off" && value != "none";
}

/// What shows no text of the document, or shows it twice: deletions, sources of fields, the copy of a drawing
/// for old programs, readings of characters, tab stops, comments.
bool is_left_out(std::string_view name) {
  constexpr std::array<std::string_view, 16> kLeftOut{"del",          "moveFrom", "instrText", "delText",
                                                      "delInstrText", "Fallback", "rt",        "tabs",
                                                      "pPrChange",    "fldData",  "rPrChange", "tblPrChange",
                                                      "tcPrChange",   "binData",  "sectPr",    "trPrChange"};
  return std::ranges::find(kLeftOut, name) != kLeftOut.end();
}

/// "Description automatically generated" is Word's own remark, not the author's.
std::string alternative_text(const XmlElement& element) {
  std::string text(element.value("descr"));
  if (text.empty()) text = element.value("title");
  const std::size_t remark = text.find("Description automatically generated");
  if (remark != std::string::npos) text.resize(remark);
  return text;
}

class NotesReader : public XmlVisitor {
 public:
  NotesReader(DocxBody& body, std::map<std::string, std::string>& notes, std::string*& current)
      : body_(body), notes_(notes), current_(current) {}

  bool open(const XmlElement& element) override {
    if (element.name() != "footnote" && element.name() != "endnote") return body_.open(element);
    // The lines between text and notes are notes themselves, of a type.
    if (const auto type = element.attribute("type"); type && *type != "normal") return false;
    current_ = &notes_[std::string(element.value("id"))];
    return true;
  }
  void close(std::string_view name) override { body_.close(name); }
  void text(std::string_view text) override { body_.text(text); }

 private:
  DocxBody& body_;
  std::map<std::string, std::string>& notes_;
  std::string*& current_;
};

}  // namespace

bool DocxBody::open(const XmlElement& element) {
  const std::string_view name = element.name();
  if (is_left_out(name)) return false;
  if (name == "p") {
    paragraphs_.emplace_back();
  } else if (name == "tbl") {
    tables_.begin_table();
  } else if (name == "tr") {
    tables_.begin_row();
  } else if (name == "tc") {
    tables_.begin_cell();
  } else if (name == "sdt") {
    placeholders_.push_back(false);
  } else if (name == "showingPlcHdr") {
    if (!placeholders_.empty()) placeholders_.back() = is_on(element);
  } else if (name == "sdtContent") {
    return placeholders_.empty() || !placeholders_.back();
  } else if (!open_property(element)) {
    open_run_content(element);
  }
  return true;
}

bool DocxBody::open_property(const XmlElement& element) {
  const std::string_view name = element.name();
  if (name == "r") {
    run_language_.clear();
    vanished_ = false;
  } else if (name == "vanish" || name == "webHidden") {
    // webHidden stands beside page numbers of contents, which are hidden on screens only.
    if (name == "vanish") vanished_ = is_on(element);
  } else if (name == "lang") {
    run_language_ = element.value("val");
  } else if (paragraphs_.empty()) {
    return false;
  } else if (name == "pStyle") {
    paragraphs_.back().style = element.value("val");
  } else if (name == "outlineLvl") {
    const std::string_view level = element.value("val");
    std::from_chars(level.data(), level.data() + level.size(), paragraphs_.back().outline);
  } else {
    return false;
  }
  return true;
}

void DocxBody::open_run_content(const XmlElement& element) {
  const std::string_view name = element.name();
  if (name == "t") {
    in_text_ = true;
  } else if (name == "tab" || name == "ptab") {
    add(" ");
  } else if (name == "br" || name == "cr") {
    add("\n");
  } else if (name == "noBreakHyphen") {
    add("-");
  } else if (name == "sym") {
    std::uint32_t code = 0;
    const std::string_view digits = element.value("char");
    std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    std::string character;
    if (code > 0x20 && code < 0x110000) schema::append_utf8(character, static_cast<char32_t>(code));
    add(character);
  } else if (name == "docPr") {
    if (const std::string text = alternative_text(element); !text.empty()) add(" " + text + " ");
  } else if ((name == "footnoteReference" || name == "endnoteReference") && !paragraphs_.empty()) {
    paragraphs_.back().notes.push_back(std::string(1, name.front()) + std::string(element.value("id")));
  }
}

void DocxBody::close(std::string_view name) {
  if (name == "t") {
    in_text_ = false;
  } else if (name == "p") {
    end_paragraph();
  } else if (name == "tc") {
    tables_.end_cell();
  } else if (name == "tr") {
    if (const std::string row = tables_.end_row(); !row.empty()) paragraph_(ParagraphRole::text, row);
  } else if (name == "tbl") {
    tables_.end_table();
  } else if (name == "sdt" && !placeholders_.empty()) {
    placeholders_.pop_back();
  }
}

void DocxBody::text(std::string_view text) {
  if (!in_text_ || vanished_) return;
  std::string plain;
  append_as_blanks(plain, text);
  add(plain);
}

void DocxBody::add(std::string_view text) {
  if (paragraphs_.empty() || vanished_) return;
  paragraphs_.back().text += text;
  languages_.add(run_language_, text.size());
}

void DocxBody::end_paragraph() {
  if (paragraphs_.empty()) return;
  const Paragraph paragraph = std::move(paragraphs_.back());
  paragraphs_.pop_back();
  ParagraphRole role = styles_.role(paragraph.style);
  if (paragraph.outline >= 0 && role == ParagraphRole::text && paragraph.outline < 9)
    role = ParagraphRole::heading;
  if (tables_.inside()) {
    if (role != ParagraphRole::contents) tables_.paragraph(paragraph.text);
  } else {
    paragraph_(role, paragraph.text);
  }
  for (const std::string& note : paragraph.notes) note_(note);
}

bool read_docx_notes(std::string_view xml, const DocxStyles& styles, LanguageTally& languages,
                     std::map<std::string, std::string>& notes) {
  std::string* current = nullptr;
  DocxBody body(
      styles, languages,
      [&](ParagraphRole, const std::string& text) {
        if (current != nullptr) *current += (current->empty() ? "" : "\n") + text;
      },
      [](const std::string&) {});
  NotesReader reader(body, notes, current);
  return read_xml(xml, reader);
}

}  // namespace carrel::indexer
