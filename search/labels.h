// Names of fields and of their values for readers of a language.
#pragma once

#include <string>
#include <string_view>

#include "search/schema/fields.h"

namespace carrel::search {

/// "Language" / "Idioma".
std::string field_label(schema::FieldId field, std::string_view ui);

/// Languages by their name, formats and accessibility in words; the value itself in all other fields.
std::string value_label(schema::FieldId field, const std::string& value, std::string_view ui);

}  // namespace carrel::search
