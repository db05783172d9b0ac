// The head of an answer as bytes.
#pragma once

#include <ctime>
#include <string>

#include "query-server/http_message.h"

namespace carrel::query_server {

/// IMF-fixdate of RFC 9110, section 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(std::time_t when);

/// Status line and fields up to and with the empty line; adds Date, Content-Length and Connection. Line ends
/// and NULs inside a value are left out, so that no value can add a field.
std::string response_head(const HttpResponse& response, bool keep_alive);

}  // namespace carrel::query_server
