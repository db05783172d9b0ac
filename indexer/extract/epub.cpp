#include "indexer/extract/epub.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "indexer/extract/archive.h"
#include "indexer/extract/charset.h"
#include "indexer/extract/epub_package.h"
#include "indexer/extract/markup_text.h"
#include "indexer/extract/package_answer.h"
#include "indexer/extract/section_writer.h"
#include "indexer/extract/xml_reader.h"

namespace carrel::indexer {
namespace {

/// Which parts META-INF/encryption.xml names as encrypted. Fonts are veiled in many free books; text is not.
class Encrypted : public XmlVisitor {
 public:
  bool open(const XmlElement& element) override {
    if (element.name() == "CipherReference") {
      const std::string_view part = element.value("URI");
      text = text || part.ends_with("html") || part.ends_with(".htm") || part.ends_with(".xml");
    }
    return true;
  }
  bool text = false;
};

bool is_protected(Archive& archive) {
  const std::optional<std::string> xml = archive.read("META-INF/encryption.xml");
  if (!xml) return false;
  Encrypted reader;
  read_xml(*xml, reader);
  return reader.text;
}

/// A chapter's sections as one text under one heading.
void write_chapter(std::vector<Page> sections, const std::string* title, SectionWriter& writer) {
  std::string heading = title != nullptr ? *title : std::string();
  for (const Page& section : sections) {
    if (heading.empty()) heading = section.heading;
  }
  if (shows_nothing(sections)) return;
  const bool repeats = sections.front().text.starts_with(heading);
  writer.begin_page(repeats ? "" : heading);
  writer.name_page(heading);
  for (const Page& section : sections) {
    for (std::string_view rest = section.text; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      writer.paragraph(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

}  // namespace

Answer read_epub(std::string_view bytes) {
  auto archive = Archive::open(bytes);
  if (!archive) return std::unexpected(std::move(archive.error()));
  if (is_protected(*archive)) {
    return std::unexpected(ExtractionFailure{
        "encrypted",
        "The book is protected so that only its own reading program opens it; ask for a copy without "
        "protection"});
  }
  FoundFields found;
  EpubPackage package;
  bool damaged = !read_epub_package(*archive, package, found);
  SectionWriter writer;
  for (const std::string& part : package.chapters) {
    const std::optional<std::string> xhtml = archive->read(part);
    if (archive->failure()) return std::unexpected(*archive->failure());
    damaged = damaged || !xhtml;
    if (!xhtml) continue;
    const auto title = package.titles.find(part);
    write_chapter(split_whole_page(decode_page(*xhtml).utf8),
                  title == package.titles.end() ? nullptr : &title->second, writer);
  }
  Extraction extraction;
  extraction.format = "epub";
  const bool cut = writer.cut();
  extraction.pages = writer.take();
  return finish_document(std::move(extraction), std::move(found),
                         {.damaged = damaged || archive->partly_damaged(), .cut = cut});
}

}  // namespace carrel::indexer
