// The search page: the start page, the results, and what is shown when something goes wrong.
#pragma once

#include <string>

#include "query-server/http_message.h"
#include "query-server/page/interface_language.h"
#include "query-server/page/links.h"
#include "query-server/page/page_request.h"
#include "query-server/problem.h"
#include "search/answer.h"

namespace carrel::query_server::page {

/// The start page. `library`: an answer to an empty search, for browsing; null when the library cannot
/// answer.
std::string home_page(const InterfaceLanguage& language, const search::Answer* library);

/// The results of a search.
std::string results_page(const InterfaceLanguage& language, const PageRequest& page, const search::Answer& answer,
                         const Links& links);

/// A page that says what is wrong; the way back and help are on it.
HttpResponse problem_page(const InterfaceLanguage& language, const Problem& problem);

/// A whole page with its type.
HttpResponse html_response(std::string html);

}  // namespace carrel::query_server::page
