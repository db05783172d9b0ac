// What office files and books say of themselves in small XML parts: one element a property.
#pragma once

#include <span>
#include <string_view>

#include "indexer/extract/found_fields.h"

namespace carrel::indexer {

/// A property by its element's local name, the field that it fills, and what to call it for people.
struct PropertyRule {
  std::string_view element;
  schema::FieldId field;
  std::string_view source;
};

/// Adds the properties of an XML part in the order of `rules`, which is the order of precedence.
void read_properties(std::string_view xml, std::span<const PropertyRule> rules, FoundFields& found);

}  // namespace carrel::indexer
