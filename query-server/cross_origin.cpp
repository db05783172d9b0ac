#include "query-server/cross_origin.h"

#include <algorithm>

#include "query-server/content_coding.h"

namespace carrel::query_server {

void allow_origin(HttpResponse& response, const HttpRequest& request, const std::vector<std::string>& allowed) {
  if (allowed.empty()) return;
  const bool all = std::ranges::find(allowed, "*") != allowed.end();
  if (!all) add_vary(response, "Origin");
  const auto origin = request.header("Origin");
  if (!origin || (!all && std::ranges::find(allowed, *origin) == allowed.end())) return;
  response.set("Access-Control-Allow-Origin", all ? "*" : std::string(*origin));
  response.set("Access-Control-Expose-Headers", "ETag, Retry-After");
  response.set("Cross-Origin-Resource-Policy", "cross-origin");
}

void allow_preflight(HttpResponse& response, const HttpRequest& request, std::string_view methods,
                     const std::vector<std::string>& allowed) {
  allow_origin(response, request, allowed);
  if (response.get("Access-Control-Allow-Origin").empty()) return;
  if (!request.header("Access-Control-Request-Method")) return;
  response.set("Access-Control-Allow-Methods", std::string(methods));
  response.set("Access-Control-Allow-Headers", "Content-Type, If-None-Match");
  response.set("Access-Control-Max-Age", "86400");
}

}  // namespace carrel::query_server
