// Dates of issue that keep the precision they were given with: a year, a month or a day.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "search/schema/result.h"

namespace carrel::schema {

/// A calendar date whose month and day may be unknown (0). A day is known only with its month.
struct PartialDate {
  int year = 0;   ///< 1 to 9999
  int month = 0;  ///< 1 to 12, 0 unknown
  int day = 0;    ///< 1 to 31 as the month has it, 0 unknown

  /// Reads "2020", "2020-04", "2020-04-28", also the date part of an ISO 8601 date-time. Nothing for anything
  /// else, also for days that no calendar has.
  static std::optional<PartialDate> parse(std::string_view text);

  /// "2020", "2020-04" or "2020-04-28".
  std::string to_string() const;

  /// First and last day it can mean, as the number yyyymmdd: 2020 is 20200101 to 20201231.
  std::uint32_t first_day() const;
  std::uint32_t last_day() const;

  friend auto operator<=>(const PartialDate&, const PartialDate&) = default;
};

/// Today in UTC.
PartialDate today();

/// A range of days, both ends included, as numbers yyyymmdd. Open ends are 0 and 99999999.
struct DateRange {
  std::uint32_t from = 0;
  std::uint32_t to = 99999999;

  /// Reads "2015..2020", "..2020", "2019-06..", "2019", the same with a slash (ISO 8601), "2015-2020",
  /// ">=2019",
  /// "<2020", and spans of time: "P2Y" and "P2Y/" (since two years before `now`), "2019/P6M" (six months from
  /// 2019 on), "P1Y/2019-06" (the year that ends with June 2019). Dates are partial; one digit is enough for
  /// a month or a day. Error usage names what is wrong.
  static Result<DateRange> parse(std::string_view text, const PartialDate& now = today());
};

/// A day number yyyymmdd as the 8 bytes of a value slot, comparable as bytes.
std::string day_value(std::uint32_t day);

}  // namespace carrel::schema
