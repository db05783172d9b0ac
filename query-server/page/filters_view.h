// The filters beside the results and the chips above them.
#pragma once

#include "query-server/page/messages.h"
#include "query-server/page/page_request.h"
#include "query-server/page/view.h"
#include "search/answer.h"

namespace carrel::query_server::page {

/// The facets as filters.html shows them; false when there is nothing to choose.
View filters_view(const search::Answer& answer, const PageRequest& page, const Messages& messages);

/// One chip for each active filter, and one more that clears all when there are several.
View::List chips_view(const search::Answer& answer, const PageRequest& page, const Messages& messages);

/// The fields of the start page that can be browsed, with their most frequent values.
View::List browse_view(const search::Answer& answer, const Messages& messages);

}  // namespace carrel::query_server::page
