// Which part of the server a path belongs to, and which methods it knows.
#pragma once

#include <string_view>

namespace carrel::query_server {

enum class Route {
  home,
  search_page,
  resource_page,  ///< `rest` holds the id
  api_search,
  api_suggest,
  api_resource,  ///< `rest` holds the id, maybe with /pages/{n}, /similar or /cite
  api_facet,     ///< `rest` holds the name of the field
  api_concordance,
  api_openapi,
  api_i14y,
  open_search,
  feed,
  documents,     ///< `rest` holds the path below /documents/
  healthz,
  readyz,
  version,
  metrics,
  stylesheet,
  box_script,   ///< the search box for other sites
  page_script,  ///< what the search page adds to it
  icon,
  server,  ///< OPTIONS *
  none,
};

struct RouteMatch {
  Route route = Route::none;
  std::string_view rest;   ///< still percent-encoded
  std::string_view allow;  ///< the methods, as the Allow field has them
};

/// The part of a path that says nothing about what is asked, for logs and metrics: "/v1/resources/".
std::string_view route_name(Route route);

/// `path` is the path of a target in origin form, or "*".
RouteMatch match_route(std::string_view path);

/// True when the list of an Allow field has this method.
bool allows(std::string_view allow, std::string_view method);

/// True for paths that programs call: their errors are problem+json, and pages of other sites may be allowed
/// to read them. Pages are for people.
bool is_for_programs(std::string_view path);

}  // namespace carrel::query_server
