// Which pages of other sites may read the API (the Fetch standard's CORS protocol).
#pragma once

#include <string>
#include <vector>

#include "query-server/http_message.h"

namespace carrel::query_server {

/// Adds what a browser needs to let a page of an allowed origin read this answer, and Vary: Origin to every
/// answer that depends on it. `allowed` may hold "*". No credentials are ever allowed: there are none.
void allow_origin(HttpResponse& response, const HttpRequest& request, const std::vector<std::string>& allowed);

/// Adds what a preflight request (OPTIONS with Access-Control-Request-Method) asks for, when its origin is
/// allowed. `methods` are those of the address.
void allow_preflight(HttpResponse& response, const HttpRequest& request, std::string_view methods,
                     const std::vector<std::string>& allowed);

}  // namespace carrel::query_server
