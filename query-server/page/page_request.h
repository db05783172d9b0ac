// What a visitor asked of the page: a search, and what its buttons change about it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query-server/form.h"
#include "search/request.h"
#include "search/schema/result.h"

namespace carrel::query_server::page {

/// A search of the page. `faults` are parameters that were left out; unknown names are ignored, because mail
/// programs and sites add names of their own to links.
struct PageRequest {
  search::Request request;
  std::vector<Error> faults;
  bool by_address = false;  ///< came by GET: words are in the address already, so links may hold them too
};

/// Reads the parameters of /search: those of /v1/search, and
/// remove=FIELD:VALUE takes one filter away (remove=* all), instead=WORDS replaces the words,
/// year_from=2015 and year_to=2020 are the ends of a range of years,
/// for=WORDS are the words that correct, expand and no_expand were meant for: they end with these words.
PageRequest read_page_request(const Parameters& parameters, bool by_address);

/// The value of `remove` that takes this filter away.
std::string removal(std::string_view field, std::string_view value);

/// `request` without one filter.
search::Request without(search::Request request, std::string_view removed);

}  // namespace carrel::query_server::page
