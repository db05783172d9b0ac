// Dates of HTTP (RFC 9110, section 5.6.7).
#pragma once

#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace carrel::query_server {

/// "Wed, 25 Nov 2026 14:03:28 GMT".
std::string http_date(std::time_t when);

/// The time of a date in any of the three forms that HTTP has had; nothing for what is none.
std::optional<std::time_t> parse_http_date(std::string_view text);

}  // namespace carrel::query_server
