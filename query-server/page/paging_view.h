// The pages of a list of results, and the orders it may have.
#pragma once

#include <string>

#include "query-server/page/messages.h"
#include "query-server/page/page_request.h"
#include "query-server/page/view.h"
#include "search/answer.h"

namespace carrel::query_server::page {

/// The address of a search from `offset` on, with all that was asked.
std::string address_of(search::Request request, std::size_t offset);

/// paging.html; false when everything is on one page.
View paging_view(const PageRequest& page, const search::Answer& answer, const Messages& messages);

/// The options of the field "sort".
View::List sorts_view(const search::Request& request, const Messages& messages);

}  // namespace carrel::query_server::page
