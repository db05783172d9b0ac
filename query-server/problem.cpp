#include "query-server/problem.h"

#include <boost/json.hpp>

#include "search/json.h"

namespace carrel::query_server {

Problem to_problem(const Error& error) {
  switch (error.kind) {
    case ErrorKind::usage:
      return {400, error.message, error.hint, {}};
    case ErrorKind::not_found:
      return {404, error.message, error.hint, {}};
    case ErrorKind::timeout:
      return {503, error.message, error.hint, {{"Retry-After", "1"}}};
    default:
      break;
  }
  // Where the index lies and what is wrong with it concerns whoever runs the server, not whoever asks.
  return {503,
          "The library cannot be searched at the moment",
          "Try again in a few seconds",
          {{"Retry-After", "5"}}};
}

Problem precondition_failed() {
  return {412, "What is at this address is not what the request is about", "Ask again without the condition", {}};
}

HttpResponse to_response(const Problem& problem) {
  boost::json::object object;
  object["type"] = "about:blank";
  object["title"] = reason_phrase(problem.status);
  object["status"] = problem.status;
  object["detail"] = problem.detail;
  if (!problem.hint.empty()) object["hint"] = problem.hint;
  HttpResponse response;
  response.status = problem.status;
  response.headers = problem.headers;
  response.set("Content-Type", "application/problem+json");
  response.body = boost::json::serialize(object);
  if (!problem.help.empty()) {
    // The cards come as JSON already, in the form that answers have.
    response.body.pop_back();
    response.body += ",\"help\":" + search::help_to_json(problem.help) + "}";
  }
  response.body += "\n";
  return response;
}

}  // namespace carrel::query_server
