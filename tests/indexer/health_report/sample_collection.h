// A collection of a few documents with one fault each.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/health_report/collection.h"

namespace carrel::tests {

inline indexer::HeldDocument held(std::string path,
                                  std::vector<std::pair<schema::FieldId, std::string>> fields,
                                  std::vector<std::string> warnings = {}) {
  indexer::HeldDocument document{
      .path = std::move(path), .record = {}, .code = {}, .text = {}, .warnings = std::move(warnings)};
  for (auto& [field, value] : fields) document.record.add(field, std::move(value));
  return document;
}

inline indexer::HeldDocument not_held(std::string path, std::string code, std::string text) {
  return {.path = std::move(path),
          .record = {},
          .code = std::move(code),
          .text = std::move(text),
          .warnings = {}};
}

inline indexer::Collection sample_collection() {
  using schema::FieldId;
  indexer::Collection collection{
      .index = "/lib", .revision = "r-1", .last_run = "today", .pages = 7, .documents = {}};
  collection.documents = {
      held("a.pdf", {{FieldId::id, "a"},
                     {FieldId::title, "A <b>bold</b> title"},
                     {FieldId::url, "https://example.org/a.pdf"},
                     {FieldId::type, "report"},
                     {FieldId::topic, "housing"},
                     {FieldId::topic, "legal services"},
                     {FieldId::language, "en"},
                     {FieldId::format, "pdf"},
                     {FieldId::date, "2019"},
                     {FieldId::year, "2019"}}),
      held("b.pdf",
           {{FieldId::id, "b"},
            {FieldId::title, "B"},
            {FieldId::url, "javascript:alert(1)"},
            {FieldId::type, "report"},
            {FieldId::language, "es"},
            {FieldId::format, "pdf"}},
           {"no-text-layer: 2 pages are pictures", "untagged: It is not tagged"}),
      not_held("c.pdf", "damaged", "It is no readable PDF"),
      held(
          "d\"><script>alert(1)</script>.html",
          {{FieldId::id, "d"},
           {FieldId::title, "d"},
           {FieldId::type, "web page"},
           {FieldId::topic, "housing"},
           {FieldId::language, "en"},
           {FieldId::format, "html"},
           {FieldId::date, "2022-04"},
           {FieldId::year, "2022"}},
          {"file-name-title: Nothing gives it a title", "broken-link: It links to x.html, which is not there",
           "broken-link: It links to y.html, which is not there"}),
      not_held("e.exe", "unsupported-format", "It is no document"),
  };
  return collection;
}

}  // namespace carrel::tests
