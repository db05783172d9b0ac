#include "indexer/extract/odf_body.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace carrel::indexer {
namespace {

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// What shows no text of the document: deletions, comments, generated lists of headings, scripts, fields of
/// the layout, number and mark of a footnote.
bool is_left_out(std::string_view name) {
  constexpr std::array<std::string_view, 18> kLeftOut{
      "tracked-changes",  "annotation",  "annotation-end",
      "table-of-content", "forms",       "scripts",
      "note-citation",    "hidden-text", "hidden-paragraph",
      "font-face-decls",  "page-number", "header",
      "footer",           "date-time",   "ruby-text",
      "sequence-decls",   "shapes",      "illustration-index"};
  return std::ranges::find(kLeftOut, name) != kLeftOut.end();
}

}  // namespace

bool OdfBody::open(const XmlElement& element) {
  const std::string_view name = element.name();
  if (is_left_out(name)) return false;
  if (name == "style") {
    style_ = element.value("name");
    if (element.value("parent-style-name") == "Title") title_styles_.insert(style_);
  } else if (name == "drawing-page-properties" || name == "table-properties") {
    const bool hidden = element.value("visibility") == "hidden" || element.value("display") == "false";
    if (hidden) hidden_styles_.insert(style_);
  } else if (name == "p" || name == "h") {
    const std::string style(element.value("style-name"));
    paragraphs_.push_back({.text = {}, .heading = name == "h", .title = title_styles_.contains(style)});
  } else if (name == "page" || name == "table" || name == "table-row" || name == "table-cell" ||
             name == "covered-table-cell" || name == "frame") {
    return open_page(element);
  } else {
    open_text(element);
  }
  return true;
}

/// Slides, sheets, tables and frames. False for what is hidden.
bool OdfBody::open_page(const XmlElement& element) {
  const std::string_view name = element.name();
  const bool hidden = hidden_styles_.contains(std::string(element.value("style-name")));
  if (name == "page") {
    ++slides_;
    in_slide_ = true;
    slide_heading_.clear();
    slide_text_.clear();
    if (!hidden) return true;
    hidden_.push_back(fmt::format("{}", slides_));
    writer_.begin_page("");
    in_slide_ = false;
    return false;
  }
  if (name == "frame") {
    slide_title_ = element.value("class") == "title";
  } else if (name == "table") {
    if (kind_ == OdfKind::spreadsheet && !tables_.inside()) {
      const std::string sheet(element.value("name"));
      if (hidden) {
        hidden_.push_back(sheet);
        return false;
      }
      writer_.begin_page(sheet);
    }
    tables_.begin_table();
  } else if (name == "table-row") {
    if (writer_.cut()) return false;
    tables_.begin_row();
  } else {
    tables_.begin_cell();
  }
  return true;
}

void OdfBody::open_text(const XmlElement& element) {
  const std::string_view name = element.name();
  if (name == "note-body") {
    notes_.push_back({.text = {}, .depth = paragraphs_.size()});
  } else if (name == "desc" || name == "title") {
    in_alternative_ = true;
    alternative_.clear();
  } else if (paragraphs_.empty()) {
    return;
  } else if (name == "s" || name == "tab") {
    paragraphs_.back().text += ' ';
  } else if (name == "line-break") {
    paragraphs_.back().text += paragraphs_.back().heading || slide_title_ ? ' ' : '\n';
  }
}

void OdfBody::close(std::string_view name) {
  if (name == "p" || name == "h") {
    end_paragraph();
  } else if (name == "note-body" && !notes_.empty()) {
    finished_notes_.push_back(std::move(notes_.back().text));
    notes_.pop_back();
  } else if ((name == "desc" || name == "title") && in_alternative_) {
    in_alternative_ = false;
    if (is_blank(alternative_)) return;
    if (!paragraphs_.empty()) {
      paragraphs_.back().text += " " + alternative_ + " ";
    } else if (in_slide_) {
      slide_text_.push_back(alternative_);
    } else {
      writer_.paragraph(alternative_);
    }
  } else if (name == "table-cell" || name == "covered-table-cell") {
    tables_.end_cell();
  } else if (name == "table-row") {
    end_row();
  } else if (name == "table") {
    tables_.end_table();
  } else if (name == "frame") {
    slide_title_ = false;
  } else if (name == "page" && in_slide_) {
    end_slide();
  }
}

void OdfBody::text(std::string_view text) {
  if (in_alternative_) {
    append_as_blanks(alternative_, text);
  } else if (!paragraphs_.empty()) {
    append_as_blanks(paragraphs_.back().text, text);
  }
}

void OdfBody::end_paragraph() {
  if (paragraphs_.empty()) return;
  Paragraph paragraph = std::move(paragraphs_.back());
  paragraphs_.pop_back();
  if (is_blank(paragraph.text)) {
    // Nothing to say, but its notes may have.
  } else if (!notes_.empty() && paragraphs_.size() >= notes_.back().depth) {
    notes_.back().text += (notes_.back().text.empty() ? "" : "\n") + paragraph.text;
  } else if (tables_.inside()) {
    tables_.paragraph(paragraph.text);
  } else if (in_slide_ && slide_title_) {
    slide_heading_ += (slide_heading_.empty() ? "" : " ") + paragraph.text;
  } else if (in_slide_) {
    slide_text_.push_back(std::move(paragraph.text));
  } else if (paragraph.heading || paragraph.title) {
    std::string& first = paragraph.title ? title_ : first_heading_;
    if (first.empty()) first = paragraph.text;
    writer_.heading(paragraph.text);
  } else {
    writer_.paragraph(paragraph.text);
  }
  if (!notes_.empty()) return;
  for (const std::string& note : finished_notes_) {
    if (in_slide_) {
      slide_text_.push_back(note);
    } else {
      writer_.note(note);
    }
  }
  finished_notes_.clear();
}

void OdfBody::end_row() {
  std::string row = tables_.end_row();
  if (row.empty()) return;
  if (in_slide_) {
    slide_text_.push_back(std::move(row));
  } else {
    writer_.paragraph(row);
  }
}

void OdfBody::end_slide() {
  in_slide_ = false;
  if (first_heading_.empty()) first_heading_ = slide_heading_;
  writer_.begin_page(slide_heading_);
  for (const std::string& paragraph : slide_text_) writer_.paragraph(paragraph);
}

}  // namespace carrel::indexer
