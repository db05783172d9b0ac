// From the parameters of `/v1/search` to a search::Request.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query-server/form.h"
#include "search/request.h"
#include "search/schema/result.h"

namespace carrel::query_server {

inline constexpr std::size_t kMostHits = 50;
inline constexpr std::size_t kDeepestOffset = 1000;
inline constexpr std::size_t kMostPassages = 10;

/// What could be read, and one Error (usage) for each parameter that could not and was left out. The API
/// refuses a request with faults; the page shows them as notices beside its results.
struct SearchParameters {
  search::Request request;
  std::vector<Error> faults;
};

/// Reads parameters by their names: q, every facet field and its alias, year, date, sort, offset, limit,
/// facets, passages, mode, explain, ui. An empty value is a parameter that was not given.
SearchParameters read_search_parameters(const Parameters& parameters);

/// The values of a comma-separated list, spaces around them taken away, empty ones left out.
/// "\," is a comma inside a value and "\\" a backslash.
std::vector<std::string> split_values(std::string_view list);

/// A value as one element of such a list.
std::string escape_value(std::string_view value);

/// "relevance", "-date"… as the API and the command line name it.
std::string_view sort_name(search::Sort sort);

/// A request as a form body or query string, each field once and in a fixed order: two requests that ask the
/// same are written the same. What has its default value is left out.
std::string to_form(const search::Request& request);

}  // namespace carrel::query_server
