#include "indexer/extract/epub_package.h"

#include <array>
#include <optional>
#include <set>
#include <utility>

#include "indexer/extract/charset.h"
#include "indexer/extract/cleaning.h"
#include "indexer/extract/markup_tree.h"
#include "indexer/extract/opc.h"
#include "indexer/extract/property_reader.h"
#include "indexer/extract/xml_reader.h"

namespace carrel::indexer {
namespace {

using schema::FieldId;

constexpr std::array kProperties{PropertyRule{"title", FieldId::title, "EPUB title"},
                                 PropertyRule{"creator", FieldId::author, "EPUB creator"},
                                 PropertyRule{"publisher", FieldId::publisher, "EPUB publisher"},
                                 PropertyRule{"description", FieldId::description, "EPUB description"},
                                 PropertyRule{"subject", FieldId::topic, "EPUB subject"},
                                 PropertyRule{"language", FieldId::language, "EPUB language"},
                                 PropertyRule{"date", FieldId::date, "EPUB date"}};

/// The first rendition of META-INF/container.xml.
class Container : public XmlVisitor {
 public:
  bool open(const XmlElement& element) override {
    if (element.name() == "rootfile" && package.empty()) package = element.value("full-path");
    return true;
  }
  std::string package;
};

class PackageReader : public XmlVisitor {
 public:
  explicit PackageReader(std::string_view part) : part_(part) {}

  bool open(const XmlElement& element) override {
    const std::string_view name = element.name();
    if (name == "item") {
      const std::string id(element.value("id"));
      const std::string target = resolve_part(part_, element.value("href"));
      const std::string properties = " " + std::string(element.value("properties")) + " ";
      if (properties.find(" nav ") != std::string::npos) navigation = target;
      if (element.value("media-type") == "application/x-dtbncx+xml") ncx = target;
      items_.emplace(id, target);
    } else if (name == "itemref") {
      const auto item = items_.find(std::string(element.value("idref")));
      if (item != items_.end() && seen_.insert(item->second).second) spine.push_back(item->second);
    }
    return true;
  }

  std::vector<std::string> spine;
  std::string navigation;  ///< EPUB 3
  std::string ncx;         ///< EPUB 2

 private:
  std::string_view part_;
  std::map<std::string, std::string> items_;
  std::set<std::string> seen_;
};

/// The first entry of a table of contents that points to a part names it.
class NcxReader : public XmlVisitor {
 public:
  NcxReader(std::string_view part, std::map<std::string, std::string>& titles)
      : part_(part), titles_(titles) {}

  bool open(const XmlElement& element) override {
    if (element.name() == "navLabel") label_.clear();
    in_text_ = element.name() == "text";
    if (element.name() == "content") {
      const std::string title = clean_line(label_);
      if (!title.empty()) titles_.emplace(resolve_part(part_, element.value("src")), title);
    }
    return true;
  }
  void close(std::string_view /*name*/) override { in_text_ = false; }
  void text(std::string_view text) override {
    if (in_text_) append_as_blanks(label_, text);
  }

 private:
  std::string_view part_;
  std::map<std::string, std::string>& titles_;
  std::string label_;
  bool in_text_ = false;
};

void read_navigation(std::string_view xhtml, std::string_view part,
                     std::map<std::string, std::string>& titles) {
  const MarkupTree tree = MarkupTree::from_html(decode_page(xhtml).utf8);
  for (MarkupTree::Index i = 0; i < tree.size(); ++i) {
    if (tree.name(i) != "a") continue;
    const std::string title = clean_line(tree.text_below(i));
    const auto target = tree.attribute(i, "href");
    if (target && !title.empty()) titles.emplace(resolve_part(part, *target), title);
  }
}

}  // namespace

bool read_epub_package(Archive& archive, EpubPackage& package, FoundFields& found) {
  Container container;
  if (const auto xml = archive.read("META-INF/container.xml")) read_xml(*xml, container);
  const std::optional<std::string> opf = archive.read(container.package);
  if (!opf) return false;
  read_properties(*opf, kProperties, found);
  PackageReader reader(container.package);
  const bool whole = read_xml(*opf, reader);
  if (const auto nav = archive.read(reader.navigation))
    read_navigation(*nav, reader.navigation, package.titles);
  if (const auto ncx = archive.read(reader.ncx)) {
    NcxReader contents(reader.ncx, package.titles);
    read_xml(*ncx, contents);
  }
  for (std::string& part : reader.spine) {
    if (part != reader.navigation) package.chapters.push_back(std::move(part));
  }
  return whole;
}

}  // namespace carrel::indexer
