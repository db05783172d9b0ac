#include "indexer/extract/pdf_annotations.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

#include <Catalog.h>
#include <FileSpec.h>
#include <Object.h>
#include <PDFDoc.h>
#include <Page.h>

#include "indexer/extract/cleaning.h"
#include "indexer/extract/pdf_string.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

constexpr int kMostAnnotations = 5000;
constexpr int kMostFiles = 500;
constexpr int kDeepestField = 16;
/// Longer lists are countries and years: nobody looks for a form by them.
constexpr int kMostOptions = 40;
constexpr std::size_t kLongestText = 64 * 1024;
constexpr std::size_t kMostBytes = std::size_t{1} << 20;
// ISO 32000-2, tables 167 and 228.
constexpr int kHidden = 1 << 1;
constexpr int kNoView = 1 << 5;
constexpr int kPushButton = 1 << 16;
constexpr int kPassword = 1 << 13;

std::string decoded(const GooString& raw) {
  return decode_pdf_string(
      std::string_view(raw.c_str(), std::min(static_cast<std::size_t>(raw.getLength()), kLongestText)));
}

/// A string, or a stream as long texts have it.
std::string text_of(Object& value) {
  if (value.isString()) return decoded(*value.getString());
  if (!value.isStream()) return {};
  std::string raw;
  Stream* stream = value.getStream();
  stream->reset();
  for (int c = stream->getChar(); c != EOF && raw.size() < kLongestText; c = stream->getChar())
    raw.push_back(static_cast<char>(c));
  stream->close();
  return decode_pdf_string(raw);
}

/// An entry of a field, its own or that of a field above it.
Object inherited(const Object& field, const char* key) {
  Object at = field.copy();
  for (int depth = 0; at.isDict() && depth < kDeepestField; ++depth) {
    Object value = at.dictLookup(key);
    if (!value.isNull()) return value;
    at = at.dictLookup("Parent");
  }
  return Object(objNull);
}

int number_of(const Object& value) {
  return value.isInt() ? value.getInt() : 0;
}

AttachedFile file_of(const Object& specification) {
  AttachedFile file;
  if (specification.isString()) file.name = decoded(*specification.getString());
  if (!specification.isDict()) return file;
  for (const char* key : {"UF", "F"}) {
    Object name = specification.dictLookup(key);
    if (file.name.empty()) file.name = text_of(name);
  }
  Object description = specification.dictLookup("Desc");
  file.description = text_of(description);
  return file;
}

class Collector {
 public:
  void add_annotation(const Object& annotation) {
    if (!annotation.isDict()) return;
    if ((number_of(annotation.dictLookup("F")) & (kHidden | kNoView)) != 0) return;
    const Object subtype = annotation.dictLookup("Subtype");
    if (!subtype.isName()) return;
    if (subtype.isName("Widget")) {
      add_field(annotation);
      return;
    }
    // The contents of a link say again what it stands on; a pop-up shows its parent's.
    if (subtype.isName("Link") || subtype.isName("Popup")) return;
    if (subtype.isName("FileAttachment")) {
      AttachedFile file = file_of(annotation.dictLookup("FS"));
      if (!file.name.empty()) found_.files.push_back(std::move(file));
    }
    Object contents = annotation.dictLookup("Contents");
    add(text_of(contents));
  }

  Annotations take() { return std::move(found_); }

 private:
  void add(std::string text) {
    bytes_ += text.size();
    if (text.empty() || bytes_ > kMostBytes) return;
    if (std::find(found_.texts.begin(), found_.texts.end(), text) != found_.texts.end()) return;
    found_.texts.push_back(std::move(text));
  }

  void add_field(const Object& widget) {
    const Object type = inherited(widget, "FT");
    const int flags = number_of(inherited(widget, "Ff"));
    if (type.isName("Tx")) {
      Object value = inherited(widget, "V");
      if ((flags & kPassword) == 0) add(text_of(value));
    } else if (type.isName("Ch")) {
      add_choice(widget);
    } else if (type.isName("Btn") && (flags & kPushButton) != 0) {
      const Object look = widget.dictLookup("MK");
      if (!look.isDict()) return;
      Object caption = look.dictLookup("CA");
      add(text_of(caption));
    }
  }

  /// Options are strings, or pairs of what is sent and what is shown.
  void add_choice(const Object& widget) {
    const Object options = inherited(widget, "Opt");
    std::vector<std::pair<std::string, std::string>> known;  // sent, shown
    if (options.isArray() && options.arrayGetLength() <= kMostAnnotations) {
      for (int i = 0; i < options.arrayGetLength(); ++i) {
        Object option = options.arrayGet(i);
        if (option.isArray() && option.arrayGetLength() >= 2) {
          Object sent = option.arrayGet(0);
          Object shown = option.arrayGet(1);
          known.emplace_back(text_of(sent), text_of(shown));
        } else {
          std::string shown = text_of(option);
          known.emplace_back(shown, shown);
        }
      }
    }
    const auto add_value = [&](Object value) {
      std::string text = text_of(value);
      const auto option =
          std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.first == text; });
      add(option == known.end() ? std::move(text) : option->second);
    };
    Object value = inherited(widget, "V");
    if (value.isArray()) {
      for (int i = 0; i < std::min(value.arrayGetLength(), kMostAnnotations); ++i)
        add_value(value.arrayGet(i));
    } else {
      add_value(std::move(value));
    }
    if (known.size() > kMostOptions) return;
    for (auto& [sent, shown] : known) add(std::move(shown));
  }

  Annotations found_;
  std::size_t bytes_ = 0;
};

std::string without_blanks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char c) { return c != ' ' && c != '\n'; });
  return out;
}

}  // namespace

Annotations read_annotations(PDFDoc& doc, int number) {
  Collector collector;
  ::Page* page = doc.getPage(number);
  if (page == nullptr) return {};
  const Object list = page->getAnnotsObject();
  if (!list.isArray()) return {};
  for (int i = 0; i < std::min(list.arrayGetLength(), kMostAnnotations); ++i)
    collector.add_annotation(list.arrayGet(i));
  return collector.take();
}

std::vector<AttachedFile> read_attachments(PDFDoc& doc) {
  std::vector<AttachedFile> files;
  const Object catalog = doc.getXRef()->getCatalog();
  if (!catalog.isDict() || !catalog.dictLookup("Names").isDict()) return files;
  for (int i = 0; i < std::min(doc.getCatalog()->numEmbeddedFiles(), kMostFiles); ++i) {
    const std::unique_ptr<FileSpec> specification = doc.getCatalog()->embeddedFile(i);
    if (!specification || !specification->isOk()) continue;
    AttachedFile file;
    if (specification->getFileName() != nullptr) file.name = decoded(*specification->getFileName());
    if (specification->getDescription() != nullptr)
      file.description = decoded(*specification->getDescription());
    if (!file.name.empty()) files.push_back(std::move(file));
  }
  return files;
}

std::vector<std::string> texts_not_on_page(std::vector<std::string> texts, std::string_view page) {
  if (texts.empty()) return texts;
  const std::string there = without_blanks(page);
  std::erase_if(
      texts, [&](const std::string& text) { return there.find(without_blanks(text)) != std::string::npos; });
  return texts;
}

}  // namespace carrel::indexer
