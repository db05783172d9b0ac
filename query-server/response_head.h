// The head of an answer as bytes.
#pragma once

#include <string>

#include "query-server/http_message.h"

namespace carrel::query_server {

/// Status line and fields up to and with the empty line; adds Date, Content-Length and Connection. Line ends
/// and NULs inside a value are left out, so that no value can add a field.
std::string response_head(const HttpResponse& response, bool keep_alive);

}  // namespace carrel::query_server
