// Dates as HTTP writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace carrel::indexer {

/// Seconds since 1970 of "Tue, 15 Nov 1994 12:45:26 GMT" (RFC 9110, 5.6.7, the preferred form); nothing for
/// anything else.
std::optional<std::int64_t> parse_http_date(std::string_view text);

}  // namespace carrel::indexer
