// Which requests are refused before anything is done with them: one strict reading of RFC 9112, so that
// nobody between a visitor and this server can be made to see other requests than it does.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "query-server/http_message.h"
#include "query-server/problem.h"

namespace carrel::query_server {

/// Bounds on what one request may send, in bytes.
struct RequestLimits {
  std::size_t target = 8 * 1024;
  std::size_t headers = 8 * 1024;
  std::size_t fields = 100;  ///< number of header fields
  std::size_t body = 64 * 1024;
};

/// Checks the bytes of a head that may still be incomplete (no empty line yet): a request line that grows too
/// long (414), fields that grow too large (431), bytes that no head holds (400). Nothing when it may go on.
std::optional<Problem> check_partial_head(std::string_view bytes, const RequestLimits& limits);

/// Checks a whole head, from the method to the empty line: its shape and its size.
std::optional<Problem> check_head(std::string_view bytes, const RequestLimits& limits);

/// The request of a head that `check_head` has passed, without a body; the target in origin form. The host of an
/// absolute address stands in place of what a valid Host field says (RFC 9112, section 3.2.2).
HttpRequest parse_head(std::string_view bytes);

/// Checks what the fields mean: Host, Content-Length, Transfer-Encoding, Expect.
std::optional<Problem> check_fields(const HttpRequest& request, const RequestLimits& limits);

/// The path of a head that may be incomplete or refused, as far as it came; empty when there is none. For
/// choosing the form of a refusal only.
std::string_view path_of_head(std::string_view bytes);

/// "http://host/path" (absolute form) becomes "/path"; origin form and "*" stay as they are. Nothing for any
/// other form.
std::optional<std::string> origin_form(std::string_view target);

}  // namespace carrel::query_server
