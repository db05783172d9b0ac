#include "indexer/extract/pptx.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "indexer/extract/opc.h"
#include "indexer/extract/package_answer.h"
#include "indexer/extract/pptx_slide.h"
#include "indexer/extract/section_writer.h"

namespace carrel::indexer {
namespace {

/// The ids of the slides in the order of the show.
class SlideList : public XmlVisitor {
 public:
  bool open(const XmlElement& element) override {
    if (element.name() == "sldId") ids.emplace_back(element.relationship_id());
    return true;
  }

  std::vector<std::string> ids;
};

/// A slide's parts, by name.
struct SlideParts {
  std::string slide;
  std::string notes;
  std::vector<std::string> diagrams;
};

class PptxReader {
 public:
  explicit PptxReader(Archive& archive) : archive_(archive) {}

  Answer read() {
    read_core_properties(archive_, found_);
    list_slides();
    read_parts();
    if (archive_.failure()) return std::unexpected(*archive_.failure());
    SectionWriter writer(SectionWriter::kUnlimited);
    for (std::size_t i = 0; i < slides_.size(); ++i) write(i, writer);
    Extraction extraction;
    extraction.format = "pptx";
    const bool cut = writer.cut();
    extraction.pages = writer.take();
    if (!hidden_.empty()) {
      extraction.warnings.push_back({"hidden-content", fmt::format("Hidden slides are not in the index: {}",
                                                                   fmt::join(hidden_, ", "))});
    }
    for (const Page& page : extraction.pages) {
      if (!found_.has(schema::FieldId::title)) found_.add_title(page.heading, "title of a slide");
    }
    languages_.declare("", extraction.pages, found_);
    return finish_document(std::move(extraction), std::move(found_),
                           {.damaged = damaged_ || archive_.partly_damaged(), .cut = cut});
  }

 private:
  void list_slides() {
    const std::string presentation = main_part(archive_, "ppt/presentation.xml");
    const auto relationships = relationships_of(archive_, presentation);
    std::map<std::string, std::string> targets;
    for (const Relationship& one : relationships) targets.emplace(one.id, one.target);
    SlideList list;
    const std::optional<std::string> xml = archive_.read(presentation);
    if (!xml || !read_xml(*xml, list)) damaged_ = true;
    for (const std::string& id : list.ids) {
      const auto target = targets.find(id);
      // A slide that two entries name, or none, is a made-up one.
      if (target == targets.end() || !seen_.insert(target->second).second) continue;
      slides_.push_back({.slide = target->second, .notes = {}, .diagrams = {}});
    }
    find_companions();
  }

  /// Notes and diagrams of every slide, in one pass over the archive.
  void find_companions() {
    std::map<std::string, SlideParts*> by_relationships;
    for (SlideParts& parts : slides_) by_relationships.emplace(relationships_part(parts.slide), &parts);
    archive_.read_each([&](std::string_view name) { return by_relationships.contains(std::string(name)); },
                       [&](const std::string& name, std::string&& xml) {
                         SlideParts& parts = *by_relationships.at(name);
                         for (Relationship& one : parse_relationships(xml, parts.slide)) {
                           if (one.type == "notesSlide") parts.notes = std::move(one.target);
                           if (one.type == "diagramData") parts.diagrams.push_back(std::move(one.target));
                         }
                       });
  }

  void read_parts() {
    std::set<std::string, std::less<>> wanted;
    for (const SlideParts& parts : slides_) {
      wanted.insert(parts.slide);
      if (!parts.notes.empty()) wanted.insert(parts.notes);
      wanted.insert(parts.diagrams.begin(), parts.diagrams.end());
    }
    archive_.read_each([&](std::string_view name) { return wanted.contains(name); },
                       [&](const std::string& name, std::string&& xml) {
                         SlideReader reader(languages_);
                         if (!read_xml(xml, reader)) damaged_ = true;
                         texts_.emplace(name, reader.take());
                       });
  }

  void write(std::size_t index, SectionWriter& writer) {
    const SlideParts& parts = slides_[index];
    const auto slide = texts_.find(parts.slide);
    if (slide == texts_.end()) damaged_ = true;
    const bool hidden = slide != texts_.end() && slide->second.hidden;
    writer.begin_page(slide == texts_.end() || hidden ? "" : slide->second.title);
    if (hidden) hidden_.push_back(index + 1);
    if (slide == texts_.end() || hidden) return;
    write_text(slide->second, writer);
    for (const std::string& diagram : parts.diagrams) {
      if (const auto text = texts_.find(diagram); text != texts_.end()) write_text(text->second, writer);
    }
    if (const auto notes = texts_.find(parts.notes); notes != texts_.end()) write_text(notes->second, writer);
  }

  static void write_text(const SlideText& text, SectionWriter& writer) {
    for (const std::string& paragraph : text.paragraphs) writer.paragraph(paragraph);
  }

  Archive& archive_;
  FoundFields found_;
  LanguageTally languages_;
  std::vector<SlideParts> slides_;
  std::set<std::string> seen_;
  std::map<std::string, SlideText> texts_;
  std::vector<std::size_t> hidden_;
  bool damaged_ = false;
};

}  // namespace

Answer read_pptx(std::string_view bytes) {
  auto archive = Archive::open(bytes);
  if (!archive) return std::unexpected(std::move(archive.error()));
  return PptxReader(*archive).read();
}

}  // namespace carrel::indexer
