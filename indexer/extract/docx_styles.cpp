#include "indexer/extract/docx_styles.h"

#include <charconv>

#include "indexer/extract/xml_reader.h"

namespace carrel::indexer {
namespace {

// Longer chains of styles go round in a circle.
constexpr int kLongestChain = 20;
constexpr int kOutlineOfText = 9;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

class DocxStyleReader : public XmlVisitor {
 public:
  explicit DocxStyleReader(DocxStyles& styles) : styles_(styles) {}

  bool open(const XmlElement& element) override {
    const std::string_view name = element.name();
    if (name == "style") {
      style_ = element.value("type") == "paragraph" || !element.attribute("type")
                   ? &styles_.styles_[std::string(element.value("styleId"))]
                   : nullptr;
    } else if (name == "docDefaults") {
      in_defaults_ = true;
    } else if (name == "lang" && in_defaults_) {
      styles_.default_language_ = element.value("val");
    } else if (style_ != nullptr && name == "name") {
      style_->name = lower(element.value("val"));
    } else if (style_ != nullptr && name == "basedOn") {
      style_->based_on = element.value("val");
    } else if (style_ != nullptr && name == "outlineLvl") {
      const std::string_view level = element.value("val");
      std::from_chars(level.data(), level.data() + level.size(), style_->outline);
    }
    return true;
  }
  void close(std::string_view name) override {
    if (name == "style") style_ = nullptr;
    if (name == "docDefaults") in_defaults_ = false;
  }

 private:
  DocxStyles& styles_;
  DocxStyles::Style* style_ = nullptr;
  bool in_defaults_ = false;
};

bool DocxStyles::read(std::string_view xml) {
  DocxStyleReader reader(*this);
  return read_xml(xml, reader);
}

ParagraphRole DocxStyles::role(std::string_view style_id) const {
  std::string_view id = style_id;
  for (int step = 0; step < kLongestChain; ++step) {
    const auto found = styles_.find(id);
    // Writers without a style sheet still name their styles as Word does.
    const std::string name = found == styles_.end() ? lower(id) : found->second.name;
    if (name == "title") return ParagraphRole::title;
    if (name.starts_with("toc ") || name == "toc" || name == "table of figures" ||
        (found == styles_.end() && name.size() == 4 && name.starts_with("toc"))) {
      return ParagraphRole::contents;
    }
    if (name == "toc heading") return ParagraphRole::text;
    if (name.starts_with("heading ") || (found == styles_.end() && name.starts_with("heading")))
      return ParagraphRole::heading;
    if (found == styles_.end()) return ParagraphRole::text;
    if (found->second.outline >= 0) {
      return found->second.outline < kOutlineOfText ? ParagraphRole::heading : ParagraphRole::text;
    }
    id = found->second.based_on;
  }
  return ParagraphRole::text;
}

}  // namespace carrel::indexer
