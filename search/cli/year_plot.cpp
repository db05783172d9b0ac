#include "search/cli/year_plot.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace carrel::search::cli {
namespace {

constexpr int kMostYears = 200;
constexpr std::size_t kBarColumns = 40;

/// Every year between the first and the last; of a longer time only those with a count.
std::map<int, std::uint64_t> filled(const std::map<int, std::uint64_t>& by_year) {
  std::map<int, std::uint64_t> all = by_year;
  if (all.empty()) return all;
  const int first = all.begin()->first;
  const int last = all.rbegin()->first;
  if (last - first > kMostYears) return all;
  for (int year = first; year <= last; ++year) all.try_emplace(year, 0);
  return all;
}

std::uint64_t most_of(const std::map<int, std::uint64_t>& by_year) {
  std::uint64_t most = 0;
  for (const auto& [year, count] : by_year) most = std::max(most, count);
  return most;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : printable(text)) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// The first of 1, 2, 5, 10, 20, 50… of which at most five reach the top.
std::uint64_t step_for(std::uint64_t most) {
  std::uint64_t step = 1;
  for (int i = 0; step * 5 < most; ++i) step = i % 3 == 1 ? step / 2 * 5 : step * 2;
  return step;
}

/// The area of the bars, in the units of the picture.
constexpr double kLeft = 60, kTop = 48, kWidth = 640, kHeight = 220;

double height_of(std::uint64_t count, std::uint64_t top) {
  return kHeight * static_cast<double>(count) / static_cast<double>(top);
}

std::string grid(std::uint64_t top, std::uint64_t step) {
  std::string out;
  for (std::uint64_t line = 0; line <= top; line += step) {
    const double y = kTop + kHeight - height_of(line, top);
    out += fmt::format("<path d=\"M{:.1f} {:.1f}h{:.1f}\" stroke=\"#ccc\"/>\n", kLeft, y, kWidth);
    out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n", kLeft - 6, y + 4,
                       line);
  }
  return out;
}

}  // namespace

void YearCounts::add(const std::string& date, std::uint64_t count) {
  const bool dated = date.size() >= 4 &&
                     std::all_of(date.begin(), date.begin() + 4, [](char c) { return c >= '0' && c <= '9'; });
  if (dated) {
    by_year[std::stoi(date.substr(0, 4))] += count;
  } else {
    undated += count;
  }
}

std::string year_bars(const YearCounts& counts, const TerminalStyle& style) {
  std::string out = bold("Year", style) + "  " + bold(counts.what, style) + "\n";
  const auto years = filled(counts.by_year);
  const std::uint64_t most = most_of(years);
  constexpr std::size_t kBefore = 16;  // year, count and gaps
  const std::size_t columns =
      style.width > kBefore + 10 ? std::min(kBarColumns, style.width - kBefore) : kBarColumns;
  for (const auto& [year, count] : years) {
    out += fmt::format("{:>4} {:>9}  {}", year, count, bar(count, most, columns));
    while (out.ends_with(' ')) out.pop_back();
    out += '\n';
  }
  if (counts.undated > 0) out += fmt::format("{} without a year\n", counts.undated);
  return out + "\n";
}

std::string year_svg(const YearCounts& counts, const std::string& title) {
  const auto years = filled(counts.by_year);
  const std::uint64_t most = std::max<std::uint64_t>(1, most_of(years));
  const std::uint64_t step = step_for(most);
  const std::uint64_t top = (most + step - 1) / step * step;
  std::string description;
  for (const auto& [year, count] : counts.by_year) {
    description += fmt::format("{}{}: {}", description.empty() ? "" : ", ", year, count);
  }
  if (counts.undated > 0) description += fmt::format("; without a year: {}", counts.undated);
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 320\" width=\"720\" height=\"320\" "
      "role=\"img\" "
      "aria-labelledby=\"t d\" font-family=\"sans-serif\" font-size=\"12\">\n";
  out += fmt::format("<title id=\"t\">{}</title>\n<desc id=\"d\">{} by year. {}</desc>\n", escaped(title),
                     escaped(counts.what), escaped(description));
  out += "<rect width=\"720\" height=\"320\" fill=\"#fff\"/>\n";
  out += fmt::format("<text x=\"{:.0f}\" y=\"24\" font-size=\"15\">{}</text>\n", kLeft, escaped(title));
  out += grid(top, step);
  const double slot = kWidth / static_cast<double>(std::max<std::size_t>(1, years.size()));
  // As many years named as fit beside each other.
  const auto every = static_cast<std::size_t>(std::ceil(40 / slot));
  std::size_t index = 0;
  for (const auto& [year, count] : years) {
    const double x = kLeft + slot * static_cast<double>(index);
    const double height = height_of(count, top);
    out += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"#1a4480\"><title>{}: "
        "{}</title>"
        "</rect>\n",
        x + slot * 0.1, kTop + kHeight - height, slot * 0.8, height, year, count);
    if (index % every == 0) {
      out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n", x + slot / 2,
                         kTop + kHeight + 18, year);
    }
    ++index;
  }
  out += fmt::format("<text x=\"{:.0f}\" y=\"308\">{} by year</text>\n</svg>\n", kLeft, escaped(counts.what));
  return out;
}

}  // namespace carrel::search::cli
