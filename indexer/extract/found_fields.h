// Collecting what a document says of itself, in order of precedence and without repeats.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/extract/extraction.h"

namespace carrel::indexer {

/// Gathers FoundFields. Every value is made a clean line, cut at a sane length; empty ones, and values a
/// field already has, are left out.
class FoundFields {
 public:
  void add(schema::FieldId field, std::string_view value, std::string_view source);

  /// A title, unless is_junk_title().
  void add_title(std::string_view value, std::string_view source);

  /// One or several names, separated by ';' (or by ',' when `commas`): keywords, authors.
  void add_list(schema::FieldId field, std::string_view values, std::string_view source, bool commas);

  /// A date in any form that iso_date() reads.
  void add_date(std::string_view value, std::string_view source);

  /// A language, when canonical_language() knows it.
  void add_language(std::string_view value, std::string_view source);

  bool has(schema::FieldId field) const;
  std::vector<FoundField> take() { return std::move(found_); }

 private:
  std::vector<FoundField> found_;
};

}  // namespace carrel::indexer
