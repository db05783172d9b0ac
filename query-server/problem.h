// What went wrong with one request, as RFC 9457 tells it.
#pragma once

#include <string>
#include <vector>

#include "query-server/http_message.h"
#include "search/answer.h"
#include "search/schema/result.h"

namespace carrel::query_server {

/// A refused or failed request. `detail` is one sentence, `hint` says what to do; neither repeats the query.
struct Problem {
  int status = 400;
  std::string detail;
  std::string hint;
  std::vector<Header> headers;  ///< such as Allow or Retry-After
  std::vector<search::HelpCard> help = {};  ///< of the rules, for whoever searched
};

/// The problem that a caller of the API sees for an expected failure of the search library.
Problem to_problem(const Error& error);

/// A condition of the request (If-Match, If-Unmodified-Since) does not hold.
Problem precondition_failed();

/// The problem as application/problem+json: {"type", "title", "status", "detail", "hint", "help"}.
HttpResponse to_response(const Problem& problem);

}  // namespace carrel::query_server
