// Facets as columns in memory: for each facet field one small integer per document, loaded when an index is
// opened and shared by all threads. Counting a match is an array access, no value is decoded while matching.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/schema/fields.h"

namespace Xapian {
class Database;
}

namespace carrel::search {

/// The values of one facet field. Immutable once loaded, so threads may share it.
class FacetColumn {
 public:
  /// Reads the field's value slot of every document. Throws Xapian::Error.
  static FacetColumn load(const Xapian::Database& database, const schema::Field& field);

  schema::FieldId field() const { return field_; }

  /// The codes of a document's values; empty for a document without one and for unknown numbers.
  std::span<const std::uint32_t> codes(std::uint32_t document) const {
    if (starts_.empty()) {
      if (document >= codes_.size() || codes_[document] == kNone) return {};
      return {&codes_[document], 1};
    }
    if (document + 1 >= starts_.size()) return {};
    return std::span(codes_).subspan(starts_[document], starts_[document + 1] - starts_[document]);
  }

  /// Number of different values; codes run from 0 to size() - 1.
  std::size_t size() const { return values_.size(); }
  const std::string& value(std::uint32_t code) const { return values_[code]; }

  /// In how many documents of the whole index the value occurs.
  std::uint64_t documents(std::uint32_t code) const { return documents_[code]; }

  /// The codes that a selection of `value` means, compared as filter terms are: without regard to case,
  /// accents and spacing, and a language also by its base ("es" means es and es-MX).
  std::span<const std::uint32_t> codes_for(std::string_view value) const;

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;

  std::uint32_t code_of(std::string_view value);
  void drop_offsets_of_single_values();

  schema::FieldId field_{};
  std::vector<std::string> values_;
  std::vector<std::uint64_t> documents_;
  std::unordered_map<std::string, std::uint32_t> by_value_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_term_;
  std::vector<std::uint32_t> starts_;  // by document; empty when no document has two values
  std::vector<std::uint32_t> codes_;
};

/// The columns of all facet fields.
class FacetColumns {
 public:
  static FacetColumns load(const Xapian::Database& database);

  /// Nothing for a field that is no facet.
  const FacetColumn* find(schema::FieldId field) const;
  std::span<const FacetColumn> all() const { return columns_; }

 private:
  std::vector<FacetColumn> columns_;
};

}  // namespace carrel::search
