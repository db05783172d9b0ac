// Which language an office file's text is marked as, run by run.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/found_fields.h"

namespace carrel::indexer {

/// Counts text by the language that it is marked with. Office programs mark nearly all text with the language
/// of their own installation, so a mark counts only when the document makes it itself, and a document-wide
/// default only when the text does not look like another language.
class LanguageTally {
 public:
  /// Text marked with a tag of its own; an empty tag stands for the default.
  void add(std::string_view tag, std::size_t bytes) { bytes_[std::string(tag)] += bytes; }

  /// Adds the language of most of the text to `found`.
  void declare(std::string_view default_tag, const std::vector<Page>& pages, FoundFields& found) const;

 private:
  std::map<std::string, std::size_t> bytes_;
};

}  // namespace carrel::indexer
