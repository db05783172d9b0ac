#include "query-server/router.h"

#include <algorithm>
#include <array>

namespace carrel::query_server {
namespace {

struct Row {
  std::string_view path;  ///< one that ends with '/', but for the first, matches all that are longer
  Route route;
  std::string_view allow;
};

constexpr std::string_view kRead = "GET, HEAD, OPTIONS";
constexpr std::string_view kAsk = "GET, HEAD, POST, OPTIONS";

constexpr std::array kRows = {
    Row{"/", Route::home, kAsk},
    Row{"/search", Route::search_page, kAsk},
    Row{"/resources/", Route::resource_page, kAsk},
    Row{"/v1/search", Route::api_search, kAsk},
    Row{"/v1/suggest", Route::api_suggest, kAsk},
    Row{"/v1/resources/", Route::api_resource, kRead},
    Row{"/v1/facets/", Route::api_facet, kAsk},
    Row{"/v1/concordance", Route::api_concordance, kAsk},
    Row{"/v1/openapi.json", Route::api_openapi, kRead},
    Row{"/api/v2/search/i14y", Route::api_i14y, kRead},
    Row{"/opensearch.xml", Route::open_search, kRead},
    Row{"/feed.atom", Route::feed, kRead},
    Row{"/documents/", Route::documents, kRead},
    Row{"/healthz", Route::healthz, kRead},
    Row{"/readyz", Route::readyz, kRead},
    Row{"/version", Route::version, kRead},
    Row{"/metrics", Route::metrics, kRead},
    Row{"/carrel.css", Route::stylesheet, kRead},
    Row{"/carrel-search.js", Route::box_script, kRead},
    Row{"/carrel-page.js", Route::page_script, kRead},
    Row{"/favicon.ico", Route::icon, kRead},
    Row{"*", Route::server, kAsk},
};

}  // namespace

RouteMatch match_route(std::string_view path) {
  for (const Row& row : kRows) {
    const bool folder = row.path.size() > 1 && row.path.ends_with('/');
    if (folder && path.size() > row.path.size() && path.starts_with(row.path)) {
      return {row.route, path.substr(row.path.size()), row.allow};
    }
    if (!folder && path == row.path) return {row.route, {}, row.allow};
  }
  return {};
}

bool allows(std::string_view allow, std::string_view method) {
  while (!allow.empty()) {
    const auto comma = allow.find(", ");
    if (allow.substr(0, comma) == method) return true;
    if (comma == std::string_view::npos) return false;
    allow.remove_prefix(comma + 2);
  }
  return false;
}

std::string_view route_name(Route route) {
  const auto* const row = std::ranges::find(kRows, route, &Row::route);
  return row == kRows.end() ? std::string_view("none") : row->path;
}

bool is_for_programs(std::string_view path) {
  static constexpr std::string_view kPaths[] = {"/healthz", "/readyz", "/version", "/metrics", "/opensearch.xml",
                                                "/feed.atom", "*"};
  return path.starts_with("/v1/") || path.starts_with("/api/") ||
         std::ranges::find(kPaths, path) != std::end(kPaths);
}

}  // namespace carrel::query_server
