// The routes for programs. Each is a plain function of a service and a request; they run on a search worker.
#pragma once

#include <expected>
#include <string_view>

#include "query-server/http_message.h"
#include "query-server/problem.h"
#include "query-server/search_service.h"

namespace carrel::query_server {

using Reply = std::expected<HttpResponse, Problem>;

/// GET or POST /v1/search. 304 when If-None-Match has the tag of the same request at the same revision.
Reply answer_search(SearchService& service, const HttpRequest& request);

/// GET /v1/suggest?q=&limit= (at most 20).
Reply answer_suggest(SearchService& service, const HttpRequest& request);

/// GET /v1/resources/{id} and /v1/resources/{id}/pages/{n}. Ids may hold slashes, encoded or not: what
/// follows is first taken for an id as a whole, then for an id and a page. `rest` is still percent-encoded.
Reply answer_resource(SearchService& service, const HttpRequest& request, std::string_view rest);

/// GET /readyz: 200 when the library answers.
Reply answer_ready(SearchService& service);

/// A JSON object as a response.
HttpResponse json_response(std::string json);

}  // namespace carrel::query_server
