// The routes for programs. Each is a plain function of what was asked; they run on a search worker.
#pragma once

#include <string_view>

#include "query-server/api/asked.h"

namespace carrel::query_server {

/// GET or POST /v1/search. 304 when If-None-Match has the tag of the same request at the same revision.
Reply answer_search(const Asked& asked);

/// GET /v1/suggest?q=&limit= (at most 20); format=opensearch gives the form that browsers take
/// (application/x-suggestions+json).
Reply answer_suggest(const Asked& asked);

/// GET /v1/resources/{id}, and below it /pages/{n}, /similar and /cite. Ids may hold slashes, encoded or not:
/// what follows is first taken for an id as a whole, then for an id and what is asked of it. `rest` is still
/// percent-encoded.
Reply answer_resource(const Asked& asked, std::string_view rest);

/// GET or POST /v1/facets/{field}?q=&prefix=: the values of one facet, by the parameters of a search;
/// `prefix` leaves those whose label or a word of it begins so; `limit` at most 1,000.
Reply answer_facet(const Asked& asked, std::string_view field);

/// GET or POST /v1/concordance?q=: every occurrence on the pages of the hits of a search, by its parameters;
/// `limit` is how many hits (5, at most 10), `context` how many code points on either side (40, at most 200).
Reply answer_concordance(const Asked& asked);

/// GET /opensearch.xml: how a browser or a library system asks this server.
Reply answer_open_search(const Asked& asked);

/// GET /feed.atom?q=: the newest hits of a search, by the parameters of a search.
Reply answer_feed(const Asked& asked);

/// GET /api/v2/search/i14y: the parameters and the answer of search.gov's results API, so that a site can
/// change from it by changing a host name.
Reply answer_i14y(const Asked& asked);

/// GET /v1/openapi.json.
Reply answer_openapi();

/// GET /readyz: 200 when a search is answered.
Reply answer_ready(const Asked& asked);

}  // namespace carrel::query_server
