// Percent-encoding of addresses (RFC 3986) and forms.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace carrel::query_server {

enum class Plus { stays, is_space };

/// The bytes that `text` stands for; nothing when a '%' is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text, Plus plus);

/// Everything but unreserved characters encoded; with `keep_slashes` '/' stays, for paths.
std::string percent_encode(std::string_view text, bool keep_slashes = false);

}  // namespace carrel::query_server
