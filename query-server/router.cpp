#include "query-server/router.h"

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
    Row{"/", Route::home, kRead},
    Row{"/search", Route::search_page, kAsk},
    Row{"/resources/", Route::resource_page, kRead},
    Row{"/v1/search", Route::api_search, kAsk},
    Row{"/v1/suggest", Route::api_suggest, kRead},
    Row{"/v1/resources/", Route::api_resource, kRead},
    Row{"/documents/", Route::documents, kRead},
    Row{"/healthz", Route::healthz, kRead},
    Row{"/readyz", Route::readyz, kRead},
    Row{"/version", Route::version, kRead},
    Row{"/carrel.css", Route::stylesheet, kRead},
    Row{"/favicon.ico", Route::icon, kRead},
    Row{"*", Route::server, "OPTIONS"},
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

bool is_for_programs(std::string_view path) {
  return path.starts_with("/v1/") || path == "/healthz" || path == "/readyz" || path == "/version" ||
         path == "*";
}

}  // namespace carrel::query_server
