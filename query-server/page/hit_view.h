// One result as hit.html shows it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query-server/page/links.h"
#include "query-server/page/messages.h"
#include "query-server/page/view.h"
#include "search/answer.h"

namespace carrel::query_server::page {

/// A stretch of text, in or between marks.
struct Piece {
  std::string text;
  bool marked = false;
};

/// Cuts UTF-8 text at marks, which count code points. Marks beyond the end, empty or overlapping ones are
/// mended.
std::vector<Piece> cut_at_marks(std::string_view text, const std::vector<search::Mark>& marks);

/// `answer` gives the labels of values; the view is that of `hit` alone.
View hit_view(const search::Answer& answer, const search::Hit& hit, const Messages& messages,
              const Links& links, std::string_view ui);

}  // namespace carrel::query_server::page
