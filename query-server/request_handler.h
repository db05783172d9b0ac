// What stands behind the HTTP server: something that answers requests.
#pragma once

#include <functional>
#include <string_view>

#include "query-server/http_message.h"
#include "query-server/problem.h"

namespace carrel::query_server {

/// Takes the answer; may be called on any thread, and must be called exactly once.
using Respond = std::move_only_function<void(HttpResponse)>;

class RequestHandler {
 public:
  virtual ~RequestHandler() = default;

  /// Answers one request, now or later. Called on the I/O thread: must not wait for anything.
  virtual void handle(HttpRequest request, Respond respond) = 0;

  /// The answer to a request that the server refuses by itself. `path` is empty when it was not understood.
  virtual HttpResponse refuse(const Problem& problem, std::string_view path) = 0;
};

}  // namespace carrel::query_server
