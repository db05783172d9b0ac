// The names that people give to fields in queries: more than the two of the table, and in Spanish too.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/schema/fields.h"

namespace carrel::search {

/// How a field is asked for by one of its names.
struct AskedField {
  schema::FieldId field{};
  std::string_view before = {};  ///< put before each value: "after:2019" asks for date:2019..
  std::string_view behind = {};  ///< put behind each value
};

/// The field that `name` (as typed, any case, accents or none) asks for; nothing when it is none that can be
/// asked.
std::optional<AskedField> asked_field(std::string_view name);

/// The name that the unknown `name` was likely meant to be; nothing when none is near.
std::optional<std::string_view> nearest_field_name(std::string_view name);

/// Other words for values of a field: has:ocr asks for what is:scanned does. `values` as typed; those without
/// another name come back as they are.
std::vector<std::string> known_values(schema::FieldId field, std::string_view value);

}  // namespace carrel::search
