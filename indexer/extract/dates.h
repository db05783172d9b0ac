// Dates as documents write them, turned into ISO dates that keep their precision.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace carrel::indexer {

/// "2020", "2020-04" or "2020-04-28" from an ISO date or date and time, a date of a PDF ("D:20200428…"), or a
/// common English or American form ("April 28, 2020", "28 Apr 2020", "4/28/2020", "April 2020", "2020").
/// Nothing when it is no such date, or not between 1400 and 2199: better no date than a wrong one.
std::optional<std::string> iso_date(std::string_view text);

}  // namespace carrel::indexer
