#include "query-server/page/year_view.h"

#include <algorithm>
#include <charconv>

namespace carrel::query_server::page {
namespace {

constexpr int kBarWidth = 10;
constexpr int kGap = 2;
constexpr int kHeight = 48;
constexpr int kMostYears = 60;

bool is_year(std::string_view text) {
  return text.size() == 4 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

int to_number(std::string_view year) {
  int number = 0;
  std::from_chars(year.data(), year.data() + year.size(), number);
  return number;
}

}  // namespace

std::optional<YearRange> read_year_range(std::string_view range) {
  const auto dots = range.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const std::string_view from = range.substr(0, dots);
  const std::string_view to = range.substr(dots + 2);
  if ((!from.empty() && !is_year(from)) || (!to.empty() && !is_year(to))) return std::nullopt;
  return YearRange{std::string(from), std::string(to)};
}

std::string write_year_range(const YearRange& range) {
  return range.from.empty() && range.to.empty() ? std::string() : range.from + ".." + range.to;
}

View year_view(const search::Facet& years, std::string_view chosen, const Messages& messages) {
  int first = 0;
  int last = 0;
  std::uint64_t most = 1;
  for (const search::FacetValue& value : years.values) {
    if (!is_year(value.value) || value.count == 0) continue;
    const int year = to_number(value.value);
    first = first == 0 ? year : std::min(first, year);
    last = std::max(last, year);
    most = std::max(most, value.count);
  }
  if (first == 0 && chosen.empty()) return View(false);
  first = std::max(first, last - kMostYears + 1);

  const YearRange range = read_year_range(chosen).value_or(YearRange{});
  const bool any_chosen = !write_year_range(range).empty() ||
                          std::ranges::any_of(years.values, &search::FacetValue::selected);
  View::List bars;
  for (const search::FacetValue& value : years.values) {
    const int year = is_year(value.value) ? to_number(value.value) : 0;
    if (year < first || value.count == 0) continue;
    const bool in_range = !write_year_range(range).empty() && (range.from.empty() || value.value >= range.from) &&
                          (range.to.empty() || value.value <= range.to);
    const auto height = std::max<std::uint64_t>(2, value.count * kHeight / most);
    bars.push_back({{"x", View(std::to_string((year - first) * kBarWidth))},
                    {"y", View(std::to_string(kHeight - static_cast<int>(height)))},
                    {"height", View(std::to_string(height))},
                    {"title", View(value.value + ": " + messages.number(value.count))},
                    {"out", View(any_chosen && !in_range && !value.selected)}});
  }
  const std::string from = first == 0 ? std::string() : std::to_string(first);
  const std::string to = first == 0 ? std::string() : std::to_string(last);
  return {{"bars", View(std::move(bars))},
          {"bar_width", View(std::to_string(kBarWidth - kGap))},
          {"width", View(std::to_string((last - first + 1) * kBarWidth - kGap))},
          {"drawn", View(last > first)},
          {"label", View(messages.text("years_shown", {{"from", from}, {"to", to}}))},
          {"first", View(from)},
          {"last", View(to)},
          {"from", View(range.from)},
          {"to", View(range.to)}};
}

}  // namespace carrel::query_server::page
