#include "indexer/extract/rtf.h"

#include <string>
#include <utility>

#include "indexer/extract/found_fields.h"
#include "indexer/extract/package_answer.h"
#include "indexer/extract/rtf_reader.h"

namespace carrel::indexer {
namespace {

using schema::FieldId;

void add_properties(const std::map<std::string, std::string>& properties, FoundFields& found) {
  const auto value = [&](const std::string& name) {
    const auto one = properties.find(name);
    return one == properties.end() ? std::string() : one->second;
  };
  found.add_title(value("title"), "document title");
  found.add_list(FieldId::author, value("author"), "document author", false);
  found.add(FieldId::description, value("subject"), "document subject");
  found.add(FieldId::description, value("doccomm"), "document comments");
  found.add_list(FieldId::topic, value("keywords"), "document keywords", true);
  found.add_date(value("creatim"), "document created");
  found.add_date(value("revtim"), "document modified");
}

}  // namespace

Answer read_rtf(std::string_view bytes) {
  RtfReader reader;
  const bool whole = reader.read(bytes);
  FoundFields found;
  add_properties(reader.properties(), found);
  found.add_title(reader.title(), "title paragraph");
  found.add_title(reader.first_heading(), "first heading");
  Extraction extraction;
  extraction.format = "rtf";
  const bool cut = reader.sections().cut();
  extraction.pages = reader.sections().take();
  reader.languages().declare(reader.default_language(), extraction.pages, found);
  return finish_document(std::move(extraction), std::move(found), {.damaged = !whole, .cut = cut});
}

}  // namespace carrel::indexer
