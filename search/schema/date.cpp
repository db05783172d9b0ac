#include "search/schema/date.h"

#include <charconv>
#include <chrono>

#include <fmt/format.h>

namespace carrel::schema {
namespace {

/// The number that the whole of `text` spells with exactly `digits` digits.
std::optional<int> number(std::string_view text, std::size_t digits) {
  int value = 0;
  if (text.size() != digits) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
  return value;
}

unsigned last_day_of(int year, int month) {
  using namespace std::chrono;
  const year_month_day_last last{std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) /
                                 std::chrono::last};
  return static_cast<unsigned>(last.day());
}

std::uint32_t number_of(int year, unsigned month, unsigned day) {
  return static_cast<std::uint32_t>(year) * 10000 + month * 100 + day;
}

}  // namespace

std::optional<PartialDate> PartialDate::parse(std::string_view text) {
  if (text.size() > 11 && (text[10] == 'T' || text[10] == ' ') && text[11] >= '0' && text[11] <= '9') {
    text = text.substr(0, 10);
  }
  PartialDate date;
  const auto year = number(text.substr(0, 4), 4);
  if (!year || *year == 0) return std::nullopt;
  date.year = *year;
  if (text.size() == 4) return date;
  if (text[4] != '-') return std::nullopt;
  const auto month = number(text.substr(5, 2), 2);
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  date.month = *month;
  if (text.size() == 7) return date;
  if (text[7] != '-') return std::nullopt;
  const auto day = number(text.substr(8), 2);
  if (!day || *day < 1 || static_cast<unsigned>(*day) > last_day_of(date.year, date.month))
    return std::nullopt;
  date.day = *day;
  return date;
}

std::string PartialDate::to_string() const {
  if (month == 0) return fmt::format("{:04}", year);
  if (day == 0) return fmt::format("{:04}-{:02}", year, month);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::uint32_t PartialDate::first_day() const {
  return number_of(year, month == 0 ? 1 : static_cast<unsigned>(month),
                   day == 0 ? 1 : static_cast<unsigned>(day));
}

std::uint32_t PartialDate::last_day() const {
  const int last_month = month == 0 ? 12 : month;
  return number_of(year, static_cast<unsigned>(last_month),
                   day == 0 ? last_day_of(year, last_month) : static_cast<unsigned>(day));
}

std::string day_value(std::uint32_t day) {
  return fmt::format("{:08}", day);
}

PartialDate today() {
  using namespace std::chrono;
  const year_month_day ymd{floor<days>(system_clock::now())};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

}  // namespace carrel::schema
