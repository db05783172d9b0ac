#include "indexer/extract/xlsx.h"

#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "indexer/extract/cell_formats.h"
#include "indexer/extract/opc.h"
#include "indexer/extract/package_answer.h"
#include "indexer/extract/section_writer.h"
#include "indexer/extract/table_text.h"
#include "indexer/extract/xml_reader.h"

namespace carrel::indexer {
namespace {

// A row of more is made by someone who wants to fill memory: a long text that a million cells share.
constexpr std::size_t kLongestRow = std::size_t{1} << 20;

std::size_t to_size(std::string_view text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

struct Sheet {
  std::string name;
  std::string relationship;
  bool hidden = false;
};

class WorkbookReader : public XmlVisitor {
 public:
  bool open(const XmlElement& element) override {
    if (element.name() == "sheet") {
      const auto state = element.attribute("state");
      sheets.push_back({.name = std::string(element.value("name")),
                        .relationship = std::string(element.relationship_id()),
                        .hidden = state && *state != "visible"});
    } else if (element.name() == "workbookPr") {
      const std::string_view from_1904 = element.value("date1904");
      date_1904 = from_1904 == "1" || from_1904 == "true";
    }
    return true;
  }

  std::vector<Sheet> sheets;
  bool date_1904 = false;
};

/// The texts that cells share by number.
class SharedStrings : public XmlVisitor {
 public:
  bool open(const XmlElement& element) override {
    if (element.name() == "rPh") return false;  // how characters are read aloud
    if (element.name() == "si") texts.emplace_back();
    in_text_ = element.name() == "t" && !texts.empty();
    return true;
  }
  void close(std::string_view /*name*/) override { in_text_ = false; }
  void text(std::string_view text) override {
    if (in_text_) append_as_blanks(texts.back(), text);
  }

  std::vector<std::string> texts;

 private:
  bool in_text_ = false;
};

class SheetReader : public XmlVisitor {
 public:
  SheetReader(const std::vector<std::string>& shared, const CellFormats& formats, SectionWriter& writer)
      : shared_(shared), formats_(formats), writer_(writer) {}

  bool open(const XmlElement& element) override {
    const std::string_view name = element.name();
    if (name == "rPh" || name == "headerFooter" || name == "f") return false;
    if (name == "row") {
      if (writer_.cut()) return false;
      row_.clear();
      row_bytes_ = 0;
    } else if (name == "c") {
      type_ = element.value("t");
      style_ = to_size(element.value("s"));
      value_.clear();
    }
    in_value_ = name == "v" || name == "t";
    return true;
  }

  void close(std::string_view name) override {
    in_value_ = false;
    if (name == "c") end_cell();
    if (name == "row") writer_.paragraph(join_cells(row_));
  }

  void text(std::string_view text) override {
    if (in_value_) append_as_blanks(value_, text);
  }

  bool cut() const { return cut_; }

 private:
  void end_cell() {
    std::string shown;
    if (type_ == "s") {
      if (const std::size_t index = to_size(value_); index < shared_.size() && !value_.empty())
        shown = shared_[index];
    } else if (type_ == "b") {
      shown = value_ == "1" ? "TRUE" : "FALSE";
    } else if (type_ == "n" || type_.empty()) {
      shown = formats_.shown(value_, style_);
    } else if (type_ != "e") {  // an error is no text
      shown = value_;
    }
    row_bytes_ += shown.size();
    if (row_bytes_ > kLongestRow) {
      cut_ = true;
    } else if (!shown.empty()) {
      row_.push_back(std::move(shown));
    }
  }

  const std::vector<std::string>& shared_;
  const CellFormats& formats_;
  SectionWriter& writer_;
  std::vector<std::string> row_;
  std::size_t row_bytes_ = 0;
  std::string type_;
  std::size_t style_ = 0;
  std::string value_;
  bool in_value_ = false;
  bool cut_ = false;
};

Answer read_workbook(Archive& archive) {
  FoundFields found;
  read_core_properties(archive, found);
  const std::string part = main_part(archive, "xl/workbook.xml");
  const auto relationships = relationships_of(archive, part);
  WorkbookReader workbook;
  const std::optional<std::string> xml = archive.read(part);
  bool damaged = !xml || !read_xml(*xml, workbook);
  CellFormats formats;
  if (workbook.date_1904) formats.use_1904();
  if (const auto styles = archive.read(target_of_type(relationships, "styles"))) formats.read(*styles);
  SharedStrings shared;
  if (const auto strings = archive.read(target_of_type(relationships, "sharedStrings")))
    damaged = !read_xml(*strings, shared) || damaged;

  SectionWriter writer;
  bool cut = false;
  std::vector<std::string> hidden;
  for (const Sheet& sheet : workbook.sheets) {
    if (sheet.hidden) {
      hidden.push_back(sheet.name);
      continue;
    }
    writer.begin_page(sheet.name);
    const std::optional<std::string> cells = archive.read(target_of_id(relationships, sheet.relationship));
    SheetReader reader(shared.texts, formats, writer);
    damaged = !cells || !read_xml(*cells, reader) || damaged;
    cut = cut || reader.cut();
  }
  if (archive.failure()) return std::unexpected(*archive.failure());
  Extraction extraction;
  extraction.format = "xlsx";
  cut = cut || writer.cut();
  extraction.pages = writer.take();
  if (!hidden.empty()) {
    extraction.warnings.push_back(
        {"hidden-content", fmt::format("Hidden sheets are not in the index: {}", fmt::join(hidden, ", "))});
  }
  return finish_document(std::move(extraction), std::move(found),
                         {.damaged = damaged || archive.partly_damaged(), .cut = cut});
}

}  // namespace

Answer read_xlsx(std::string_view bytes) {
  auto archive = Archive::open(bytes);
  if (!archive) return std::unexpected(std::move(archive.error()));
  return read_workbook(*archive);
}

}  // namespace carrel::indexer
