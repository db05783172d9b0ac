// The years of the results as a small histogram with a range to choose.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "query-server/page/messages.h"
#include "query-server/page/view.h"
#include "search/answer.h"

namespace carrel::query_server::page {

/// The ends of a range of years; an open end is empty.
struct YearRange {
  std::string from;
  std::string to;
};

/// "2015..2020", "..2020", "2015.." as two years; nothing when it is more exact than years.
std::optional<YearRange> read_year_range(std::string_view range);

/// The range of two years as the request has it; empty when both ends are open.
std::string write_year_range(const YearRange& range);

/// years.html for the facet of years. The bars stand in a drawing that is kBarWidth wide a year and kHeight high;
/// at most the newest 60 years are drawn. Without years the fields alone when a range is chosen, else false.
View year_view(const search::Facet& years, std::string_view chosen, const Messages& messages);

}  // namespace carrel::query_server::page
