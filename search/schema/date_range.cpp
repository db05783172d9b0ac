#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "search/schema/date.h"

namespace carrel::schema {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

/// A span of time as ISO 8601 writes it: P2Y, P1Y6M, P3W, P10D.
struct Span {
  int months = 0;
  int days = 0;
};

/// No library is older than this many years.
constexpr int kLongestYears = 9998;

std::optional<Span> parse_span(std::string_view text) {
  if (text.size() < 3 || (text.front() != 'P' && text.front() != 'p')) return std::nullopt;
  text.remove_prefix(1);
  Span span;
  while (!text.empty()) {
    int count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || count < 0 || count > kLongestYears * 12 || end == text.data() + text.size()) {
      return std::nullopt;
    }
    switch (*end) {
      case 'Y':
      case 'y':
        span.months += 12 * std::min(count, kLongestYears);
        break;
      case 'M':
      case 'm':
        span.months += count;
        break;
      case 'W':
      case 'w':
        span.days += 7 * count;
        break;
      case 'D':
      case 'd':
        span.days += count;
        break;
      default:
        return std::nullopt;
    }
    if (span.months > 12 * kLongestYears || span.days > 366 * kLongestYears) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  }
  return span;
}

year_month_day calendar_day(std::uint32_t day) {
  using namespace std::chrono;
  return year(static_cast<int>(day / 10000)) / month(day / 100 % 100) / std::chrono::day(day % 100);
}

std::uint32_t number_of(year_month_day ymd) {
  const int year = static_cast<int>(ymd.year());
  if (year < 1) return 0;
  if (year > 9999) return 99999999;
  return static_cast<std::uint32_t>(year) * 10000 + static_cast<unsigned>(ymd.month()) * 100 +
         static_cast<unsigned>(ymd.day());
}

/// `day` moved by the span, `sign` times; the last day of a shorter month where the month has no such day.
std::uint32_t moved(std::uint32_t day, const Span& span, int sign, int extra_days) {
  year_month_day ymd = calendar_day(day) + months(sign * span.months);
  if (!ymd.ok()) ymd = ymd.year() / ymd.month() / std::chrono::last;
  return number_of(sys_days(ymd) + days(sign * span.days + extra_days));
}

/// A partial date as people type it: 2020-4 is 2020-04.
std::optional<PartialDate> parse_typed(std::string_view text) {
  std::string padded;
  if (text.ends_with('-')) return std::nullopt;
  while (!text.empty()) {
    const std::size_t dash = std::min(text.find('-'), text.size());
    const std::string_view part = text.substr(0, dash);
    if (!padded.empty()) padded += '-';
    if (!padded.empty() && part.size() == 1) padded += '0';
    padded += part;
    text.remove_prefix(std::min(dash + 1, text.size()));
  }
  return PartialDate::parse(padded);
}

struct Ends {
  std::string_view from, to;
};

/// The two ends of a range; nothing when `text` is no range.
std::optional<Ends> ends_of(std::string_view text) {
  for (const std::string_view between : {std::string_view(".."), std::string_view("/")}) {
    if (const std::size_t at = text.find(between); at != std::string_view::npos) {
      return Ends{text.substr(0, at), text.substr(at + between.size())};
    }
  }
  const bool two_years = text.size() == 9 && text[4] == '-' && text.find('-', 5) == std::string_view::npos;
  if (two_years) return Ends{text.substr(0, 4), text.substr(5)};
  return std::nullopt;
}

std::unexpected<Error> no_date(std::string_view part) {
  return fail(ErrorKind::usage, fmt::format("'{}' is not a date", part),
              "write a year, a month or a day, as 2020, 2020-04 or 2020-04-28, and a range as 2015..2020");
}

Result<DateRange> single(std::string_view text, const PartialDate& now) {
  if (const auto span = parse_span(text)) return DateRange{.from = moved(now.first_day(), *span, -1, 0)};
  std::size_t sign = 0;
  while (sign < text.size() && sign < 2 && (text[sign] == '<' || text[sign] == '>' || text[sign] == '='))
    ++sign;
  const std::string_view comparison = text.substr(0, sign);
  const auto date = parse_typed(text.substr(sign));
  if (!date) return no_date(text);
  if (comparison.empty() || comparison == "=") return DateRange{date->first_day(), date->last_day()};
  if (comparison == ">=") return DateRange{.from = date->first_day()};
  if (comparison == "<=") return DateRange{.to = date->last_day()};
  if (comparison == ">") return DateRange{.from = moved(date->last_day(), {}, 1, 1)};
  if (comparison == "<") return DateRange{.to = moved(date->first_day(), {}, 1, -1)};
  return no_date(text);
}

}  // namespace

Result<DateRange> DateRange::parse(std::string_view text, const PartialDate& now) {
  const auto ends = ends_of(text);
  if (!ends) return single(text, now);
  if (ends->from.empty() && ends->to.empty()) return no_date(text);
  DateRange range;
  const auto from_span = parse_span(ends->from);
  const auto to_span = parse_span(ends->to);
  if (!ends->from.empty() && !from_span) {
    const auto date = parse_typed(ends->from);
    if (!date) return no_date(ends->from);
    range.from = date->first_day();
  }
  if (!ends->to.empty() && !to_span) {
    const auto date = parse_typed(ends->to);
    if (!date) return no_date(ends->to);
    range.to = date->last_day();
  }
  if (from_span && to_span) return no_date(text);
  if (from_span) {
    range.from =
        ends->to.empty() ? moved(now.first_day(), *from_span, -1, 0) : moved(range.to, *from_span, -1, 1);
  }
  if (to_span) range.to = ends->from.empty() ? now.last_day() : moved(range.from, *to_span, 1, -1);
  if (range.from > range.to) {
    return fail(ErrorKind::usage, fmt::format("the range '{}' ends before it begins", text),
                "put the earlier date first");
  }
  return range;
}

}  // namespace carrel::schema
