#include "query-server/router.h"

#include "tests/catch.h"

using namespace carrel::query_server;

TEST_CASE("paths lead to routes") {
  struct {
    const char* path;
    Route route;
    const char* rest;
  } const rows[] = {
      {"/", Route::home, ""},
      {"/search", Route::search_page, ""},
      {"/search/", Route::none, ""},
      {"/Search", Route::none, ""},
      {"/resources/a/b.pdf", Route::resource_page, "a/b.pdf"},
      {"/v1/search", Route::api_search, ""},
      {"/v1/suggest", Route::api_suggest, ""},
      {"/v1/resources/a", Route::api_resource, "a"},
      {"/v1/resources/a/b.pdf/pages/2", Route::api_resource, "a/b.pdf/pages/2"},
      {"/v1/resources/", Route::none, ""},
      {"/v1/resources", Route::none, ""},
      {"/documents/a.pdf", Route::documents, "a.pdf"},
      {"/documents/", Route::none, ""},
      {"/healthz", Route::healthz, ""},
      {"/readyz", Route::readyz, ""},
      {"/version", Route::version, ""},
      {"/carrel.css", Route::stylesheet, ""},
      {"/favicon.ico", Route::icon, ""},
      {"*", Route::server, ""},
      {"//", Route::none, ""},
      {"/x", Route::none, ""},
      {"", Route::none, ""},
  };
  for (const auto& row : rows) {
    INFO(row.path);
    const auto match = match_route(row.path);
    CHECK(match.route == row.route);
    CHECK(match.rest == row.rest);
  }
}

TEST_CASE("only what takes the words of a visitor may be posted") {
  for (const char* path : {"/", "/search", "/resources/a", "/v1/search", "/v1/suggest"}) {
    INFO(path);
    CHECK(allows(match_route(path).allow, "POST"));
  }
  for (const char* path :
       {"/v1/resources/a", "/documents/a", "/healthz", "/carrel.css"}) {
    INFO(path);
    CHECK_FALSE(allows(match_route(path).allow, "POST"));
    CHECK(allows(match_route(path).allow, "GET"));
    CHECK(allows(match_route(path).allow, "HEAD"));
    CHECK_FALSE(allows(match_route(path).allow, "get"));
    CHECK_FALSE(allows(match_route(path).allow, "GET, HEAD"));
    CHECK_FALSE(allows(match_route(path).allow, ""));
  }
}
