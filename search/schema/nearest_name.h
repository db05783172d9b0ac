// "Did you mean …?" for names that a person typed: columns, parameters, fields.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace carrel::schema {

/// The name that is fewest edits (insert, delete, replace, swap of neighbours) away from `typed`, when that
/// is at most one edit for three letters. The first wins a tie.
std::optional<std::string_view> nearest_name(std::string_view typed, std::span<const std::string_view> names);

}  // namespace carrel::schema
