// Looking into an Extraction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "indexer/extract/extraction.h"

namespace carrel::tests {

/// All values found for a field, in order.
inline std::vector<std::string> values(const indexer::Extraction& extraction, schema::FieldId field) {
  std::vector<std::string> out;
  for (const indexer::FoundField& found : extraction.found) {
    if (found.field == field) out.push_back(found.value);
  }
  return out;
}

/// The first value found for a field; empty when there is none.
inline std::string value(const indexer::Extraction& extraction, schema::FieldId field) {
  const std::vector<std::string> all = values(extraction, field);
  return all.empty() ? std::string() : all.front();
}

inline bool warns(const indexer::Extraction& extraction, const std::string& code) {
  for (const indexer::Warning& warning : extraction.warnings) {
    if (warning.code == code) return true;
  }
  return false;
}

inline std::string all_text(const indexer::Extraction& extraction) {
  std::string out;
  for (const indexer::Page& page : extraction.pages) out += page.text + "\n";
  return out;
}

}  // namespace carrel::tests
