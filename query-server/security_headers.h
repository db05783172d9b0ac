// Fields that every response carries: nothing is kept, nothing is told to others, nothing runs
// but what this server serves.
#pragma once

#include "query-server/http_message.h"

namespace carrel::query_server {

/// Adds those that the response does not set by itself.
void add_security_headers(HttpResponse& response);

}  // namespace carrel::query_server
