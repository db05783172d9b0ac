#include "indexer/extract/pptx_slide.h"

#include <utility>

namespace carrel::indexer {
namespace {

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

bool SlideReader::open(const XmlElement& element) {
  const std::string_view name = element.name();
  if (name == "Fallback") return false;  // the copy of a drawing for old programs
  if (name == "sld") {
    const std::string_view show = element.value("show");
    slide_.hidden = show == "0" || show == "false";
  } else if (name == "sp" || name == "graphicFrame" || name == "pic") {
    place_ = Place::body;
  } else if (name == "ph") {
    const std::string_view type = element.value("type");
    if (type == "title" || type == "ctrTitle") {
      place_ = Place::title;
    } else if (type == "sldNum" || type == "dt" || type == "ftr" || type == "hdr" || type == "sldImg") {
      place_ = Place::furniture;
    }
  } else if (name == "cNvPr") {
    std::string alternative(element.value("descr"));
    const std::size_t remark = alternative.find("Description automatically generated");
    if (remark != std::string::npos) alternative.resize(remark);
    if (!is_blank(alternative)) slide_.paragraphs.push_back(std::move(alternative));
  } else if (name == "p") {
    paragraph_.clear();
  } else if (name == "tbl") {
    tables_.begin_table();
  } else if (name == "tr") {
    tables_.begin_row();
  } else if (name == "tc") {
    tables_.begin_cell();
  } else if (name == "rPr") {
    run_language_ = element.value("lang");
  } else if (name == "r") {
    run_language_.clear();
  } else if (name == "t") {
    in_text_ = true;
  } else if (name == "br") {
    paragraph_ += place_ == Place::title ? ' ' : '\n';
  } else if (name == "fld") {
    const std::string_view type = element.value("type");
    return !type.starts_with("slidenum") && !type.starts_with("datetime");
  }
  return true;
}

void SlideReader::close(std::string_view name) {
  if (name == "t") {
    in_text_ = false;
  } else if (name == "p") {
    end_paragraph();
  } else if (name == "tc") {
    tables_.end_cell();
  } else if (name == "tr") {
    if (std::string row = tables_.end_row(); !row.empty()) slide_.paragraphs.push_back(std::move(row));
  } else if (name == "tbl") {
    tables_.end_table();
  } else if (name == "sp" || name == "graphicFrame" || name == "pic") {
    place_ = Place::body;
  }
}

void SlideReader::text(std::string_view text) {
  if (!in_text_ || place_ == Place::furniture) return;
  append_as_blanks(paragraph_, text);
  languages_.add(run_language_, text.size());
}

void SlideReader::end_paragraph() {
  std::string text = std::exchange(paragraph_, {});
  if (is_blank(text) || place_ == Place::furniture) return;
  if (tables_.inside()) {
    tables_.paragraph(text);
  } else if (place_ == Place::title) {
    slide_.title += (slide_.title.empty() ? "" : " ") + text;
  } else {
    slide_.paragraphs.push_back(std::move(text));
  }
}

}  // namespace carrel::indexer
