// Conditional requests (RFC 9110, section 13).
#pragma once

#include <ctime>
#include <optional>
#include <string_view>

#include "query-server/http_message.h"

namespace carrel::query_server {

/// What a client may already hold of an answer.
struct Validators {
  std::string_view tag;                      ///< entity tag, as ETag has it
  std::optional<std::time_t> modified = {};  ///< as Last-Modified has it
  std::time_t now = std::time(nullptr);
};

/// The status that the conditions of a GET or HEAD call for, in the order of section 13.2.2: 412 when the
/// answer is no longer what the client wants, 304 when the client has it; nothing when it is to be sent.
std::optional<int> status_of_preconditions(const HttpRequest& request, const Validators& validators);

/// True when the Range of a request counts: without If-Range, or with one that names this very answer.
bool if_range_holds(const HttpRequest& request, const Validators& validators);

}  // namespace carrel::query_server
