#include "indexer/extract/odf.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "indexer/extract/archive.h"
#include "indexer/extract/language_tally.h"
#include "indexer/extract/odf_body.h"
#include "indexer/extract/package_answer.h"
#include "indexer/extract/property_reader.h"

namespace carrel::indexer {
namespace {

using schema::FieldId;

constexpr std::array kProperties{PropertyRule{"title", FieldId::title, "document title"},
                                 PropertyRule{"initial-creator", FieldId::author, "document author"},
                                 PropertyRule{"creator", FieldId::author, "document author"},
                                 PropertyRule{"subject", FieldId::description, "document subject"},
                                 PropertyRule{"description", FieldId::description, "document comments"},
                                 PropertyRule{"keyword", FieldId::topic, "document keywords"},
                                 PropertyRule{"language", FieldId::language, "document language"},
                                 PropertyRule{"creation-date", FieldId::date, "document created"},
                                 PropertyRule{"date", FieldId::date, "document modified"}};

/// Language and country of the default paragraph style.
class DefaultLanguage : public XmlVisitor {
 public:
  bool open(const XmlElement& element) override {
    if (element.name() == "default-style") in_default_ = element.value("family") == "paragraph";
    if (element.name() == "text-properties" && in_default_ && tag.empty()) {
      const std::string_view language = element.value("language");
      const std::string_view country = element.value("country");
      if (!language.empty() && language != "none") tag = language;
      if (!tag.empty() && !country.empty() && country != "none") tag += "-" + std::string(country);
    }
    return true;
  }
  void close(std::string_view name) override {
    if (name == "default-style") in_default_ = false;
  }

  std::string tag;

 private:
  bool in_default_ = false;
};

OdfKind kind_of(std::string_view format) {
  if (format == "odp") return OdfKind::presentation;
  return format == "ods" ? OdfKind::spreadsheet : OdfKind::text;
}

}  // namespace

Answer read_odf(std::string_view bytes, std::string_view format) {
  auto archive = Archive::open(bytes);
  if (!archive) return std::unexpected(std::move(archive.error()));
  const std::string manifest = archive->read("META-INF/manifest.xml").value_or("");
  if (manifest.find("encryption-data") != std::string::npos) {
    return std::unexpected(
        ExtractionFailure{"encrypted", "It is protected with a password; save it without one"});
  }
  FoundFields found;
  if (const auto meta = archive->read("meta.xml")) read_properties(*meta, kProperties, found);
  DefaultLanguage language;
  if (const auto styles = archive->read("styles.xml")) read_xml(*styles, language);

  const OdfKind kind = kind_of(format);
  SectionWriter writer(kind == OdfKind::presentation ? SectionWriter::kUnlimited : SectionWriter::kLongest);
  OdfBody body(kind, writer);
  const std::optional<std::string> content = archive->read("content.xml");
  const bool whole = content && read_xml(*content, body);
  if (archive->failure()) return std::unexpected(*archive->failure());

  Extraction extraction;
  extraction.format = format;
  const bool cut = writer.cut();
  extraction.pages = writer.take();
  found.add_title(body.title(), "title paragraph");
  found.add_title(body.first_heading(), kind == OdfKind::presentation ? "title of a slide" : "first heading");
  LanguageTally().declare(language.tag, extraction.pages, found);
  if (!body.hidden().empty()) {
    extraction.warnings.push_back(
        {"hidden-content",
         fmt::format("Hidden {} are not in the index: {}",
                     kind == OdfKind::presentation ? "slides" : "sheets", fmt::join(body.hidden(), ", "))});
  }
  return finish_document(std::move(extraction), std::move(found),
                         {.damaged = !whole || archive->partly_damaged(), .cut = cut});
}

}  // namespace carrel::indexer
