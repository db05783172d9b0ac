// The stored record of a resource: the values of its fields as answers show them. It is the data of the
// resource's Xapian document.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "search/schema/fields.h"

namespace carrel::schema {

/// Values by field. Numbers (pages, bytes) are decimal, dates ISO partial dates.
class Record {
 public:
  /// Adds a value; a field without Role kMany keeps only the first. Empty values are ignored.
  void add(FieldId field, std::string value);

  /// Replaces all values of a field by one.
  void set(FieldId field, std::string value);

  /// The first value, empty when there is none.
  const std::string& get(FieldId field) const;
  const std::vector<std::string>& all(FieldId field) const;
  bool has(FieldId field) const { return !all(field).empty(); }

  /// As bytes: for each value the number of its field, then the value with its length. The format never
  /// changes; fields that a reader does not know are passed over.
  std::string encode() const;

  /// Whatever can be read of `bytes`; malformed rests are ignored (Xapian's checks guard the file).
  static Record decode(std::string_view bytes);

  friend bool operator==(const Record&, const Record&) = default;

 private:
  std::array<std::vector<std::string>, kFieldCount> values_;
};

}  // namespace carrel::schema
