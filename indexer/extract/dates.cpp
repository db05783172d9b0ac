#include "indexer/extract/dates.h"

#include <array>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

namespace carrel::indexer {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

int days_in(int year, int month) {
  constexpr std::array kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

/// month and day 0 when unknown. A month or day that cannot be lowers the precision, a bad year spoils all.
std::optional<std::string> make(int year, int month, int day) {
  if (year < 1400 || year > 2199) return std::nullopt;
  if (month < 1 || month > 12) return fmt::format("{:04}", year);
  if (day < 1 || day > days_in(year, month)) return fmt::format("{:04}-{:02}", year, month);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::size_t leading_digits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  return count;
}

/// Compact digits, as PDF writes them: YYYY, YYYYMM, YYYYMMDD, and a time behind it.
std::optional<std::string> from_compact(std::string_view text) {
  const std::size_t digits = leading_digits(text);
  if (digits < 4) return std::nullopt;
  const int year = number(text.substr(0, 4));
  const int month = digits >= 6 ? number(text.substr(4, 2)) : 0;
  const int day = digits >= 8 ? number(text.substr(6, 2)) : 0;
  return make(year, month, day);
}

/// YYYY-MM-DD with '-', '/' or '.', alone or with a time behind it.
std::optional<std::string> from_iso(std::string_view text) {
  if (leading_digits(text) != 4) return std::nullopt;
  const int year = number(text.substr(0, 4));
  text.remove_prefix(4);
  if (text.empty()) return make(year, 0, 0);
  const char separator = text.front();
  if (separator != '-' && separator != '/' && separator != '.') return std::nullopt;
  text.remove_prefix(1);
  const std::size_t month_digits = leading_digits(text);
  if (month_digits == 0 || month_digits > 2) return std::nullopt;
  const int month = number(text.substr(0, month_digits));
  text.remove_prefix(month_digits);
  if (month < 1 || month > 12) return std::nullopt;
  if (text.empty()) return make(year, month, 0);
  if (text.front() != separator) return std::nullopt;
  text.remove_prefix(1);
  const std::size_t day_digits = leading_digits(text);
  if (day_digits == 0 || day_digits > 2) return std::nullopt;
  const int day = number(text.substr(0, day_digits));
  text.remove_prefix(day_digits);
  if (!text.empty() && text.front() != 'T' && text.front() != 't' && text.front() != ' ') return std::nullopt;
  if (day < 1 || day > days_in(year, month)) return std::nullopt;
  return make(year, month, day);
}

/// American M/D/YYYY. A first number over 12 must be a day: D/M/YYYY.
std::optional<std::string> from_slashes(std::string_view text) {
  std::array<int, 3> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t digits = leading_digits(text);
    if (digits == 0 || digits > 4 || (i == 2 && digits != 4) || (i < 2 && digits > 2)) return std::nullopt;
    parts[i] = number(text.substr(0, digits));
    text.remove_prefix(digits);
    if (i == 2) break;
    if (text.empty() || text.front() != '/') return std::nullopt;
    text.remove_prefix(1);
  }
  if (!text.empty() && text.front() != ' ') return std::nullopt;
  if (parts[0] > 12) std::swap(parts[0], parts[1]);
  if (parts[0] < 1 || parts[0] > 12 || parts[1] < 1 || parts[1] > days_in(parts[2], parts[0]))
    return std::nullopt;
  return make(parts[2], parts[0], parts[1]);
}

int month_named(std::string_view word) {
  constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                     "may",       "june",     "july",     "august",
                                                     "september", "october",  "november", "december"};
  if (word.size() < 3) return 0;
  if (word == "sept") return 9;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (word == kMonths[i] || word == kMonths[i].substr(0, 3)) return static_cast<int>(i) + 1;
  }
  return 0;
}

/// Words and numbers in any of the orders "April 28, 2020", "28 April 2020", "Tue, 28 Apr 2020 10:00:00 GMT".
std::optional<std::string> from_words(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  std::size_t at = 0;
  while (at < text.size() && !(year > 0 && month > 0)) {
    std::size_t end = at;
    if (is_digit(text[at])) {
      end = at + leading_digits(text.substr(at));
      const int value = number(text.substr(at, std::min<std::size_t>(end - at, 4)));
      if (end - at == 4 && year == 0) {
        year = value;
      } else if (end - at <= 2 && day == 0) {
        day = value;
      } else {
        return std::nullopt;
      }
    } else if (is_alpha(text[at])) {
      std::string word;
      while (end < text.size() && is_alpha(text[end])) word.push_back(lower(text[end++]));
      const int found = month_named(word);
      constexpr std::array<std::string_view, 17> kFillers{
          "st",  "nd",  "rd",  "th", "of",  "mon",       "tue",     "wed",   "thu",
          "fri", "sat", "sun", "on", "the", "published", "updated", "posted"};
      bool filler = word.ends_with("day");
      for (const std::string_view known : kFillers) filler = filler || word == known;
      if (found != 0 && month == 0) {
        month = found;
      } else if (!filler) {
        return std::nullopt;
      }
    } else {
      end = at + 1;
    }
    at = end;
  }
  if (year == 0 || month == 0) return std::nullopt;
  if (day != 0 && day > days_in(year, month)) return std::nullopt;
  return make(year, month, day);
}

}  // namespace

std::optional<std::string> iso_date(std::string_view text) {
  text = trimmed(text);
  if (text.size() > 64) return std::nullopt;
  if (text.starts_with("D:") || text.starts_with("d:")) return from_compact(trimmed(text.substr(2)));
  const std::size_t digits = leading_digits(text);
  if (digits == 8 || digits == 14) return from_compact(text);
  if (auto date = from_iso(text)) return date;
  if (auto date = from_slashes(text)) return date;
  return from_words(text);
}

}  // namespace carrel::indexer
