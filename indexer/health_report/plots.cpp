#include "indexer/health_report/plots.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "indexer/health_report/html_text.h"

namespace carrel::indexer {
namespace {

// In units of the picture, which is as wide as the page and scales with it.
constexpr double kWidth = 1000;
constexpr double kHeight = 260;
constexpr double kLeft = 48;
constexpr double kTop = 22;
constexpr double kBottom = 34;
constexpr double kLabelWidth = 38;  ///< of a year
constexpr double kLeastPart = 6;

/// The step of a scale of at most five lines: 1, 2 or 5 times a power of ten.
std::uint64_t scale_step(std::uint64_t most) {
  for (std::uint64_t power = 1;; power *= 10) {
    for (const std::uint64_t factor : std::array<std::uint64_t, 3>{1, 2, 5}) {
      if (most <= 5 * factor * power) return factor * power;
    }
  }
}

}  // namespace

std::string column_plot(const std::string& title, const std::string& summary,
                        const std::vector<Column>& columns) {
  if (columns.empty()) return {};
  std::uint64_t most = 1;
  for (const Column& column : columns) most = std::max(most, column.count);
  const std::uint64_t step = scale_step(most);
  const std::uint64_t top = (most + step - 1) / step * step;
  const double plot_height = kHeight - kTop - kBottom;
  const double base = kHeight - kBottom;
  const auto height_of = [&](std::uint64_t count) {
    return plot_height * static_cast<double>(count) / static_cast<double>(top);
  };
  std::string svg = fmt::format(
      "<svg class=\"columns\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\">"
      "<title>{}</title><desc>{}</desc>",
      kWidth, kHeight, html_text(title + ". " + summary), html_text(title), html_text(summary));
  for (std::uint64_t line = 0; line <= top; line += step) {
    const double y = base - height_of(line);
    svg += fmt::format(
        "<line class=\"grid\" x1=\"{0:.0f}\" x2=\"{1:.0f}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/>"
        "<text class=\"scale\" x=\"{3:.0f}\" y=\"{4:.1f}\">{5}</text>",
        kLeft, kWidth, y, kLeft - 8, y + 4.5, line);
  }
  const double room = (kWidth - kLeft) / static_cast<double>(columns.size());
  const double width = std::min(room * 0.74, 64.0);
  const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(kLabelWidth / room)));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Column& column = columns[i];
    const double centre = kLeft + room * (static_cast<double>(i) + 0.5);
    const double height = height_of(column.count);
    if (column.count > 0) {
      svg += fmt::format(
          "<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"2\">"
          "<title>{}: {}</title></rect>",
          html_text(column.shade), centre - width / 2, base - height, width, height, html_text(column.label),
          column.count);
      if (room >= kLabelWidth * 0.6) {
        svg += fmt::format("<text class=\"count\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", centre,
                           base - height - 5, column.count);
      }
    }
    // Counted from the end, so that the newest has its label.
    if ((columns.size() - 1 - i) % every == 0) {
      svg += fmt::format("<text class=\"label\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", centre, base + 20,
                         html_text(column.label));
    }
  }
  return svg + "</svg>";
}

std::string whole_bar(const std::string& title, const std::vector<Part>& parts) {
  std::uint64_t whole = 0;
  std::size_t shown = 0;
  std::string told = title;
  for (const Part& part : parts) {
    whole += part.count;
    if (part.count == 0) continue;
    told += fmt::format("{} {} {}", shown == 0 ? ":" : ",", part.count, part.label);
    ++shown;
  }
  if (whole == 0) return {};
  const double spread = kWidth - kLeastPart * static_cast<double>(shown);
  std::string svg = fmt::format(
      "<svg class=\"whole\" viewBox=\"0 0 {:.0f} 40\" preserveAspectRatio=\"none\" role=\"img\" "
      "aria-label=\"{}\">",
      kWidth, html_text(told));
  double x = 0;
  for (const Part& part : parts) {
    if (part.count == 0) continue;
    const double width = kLeastPart + spread * static_cast<double>(part.count) / static_cast<double>(whole);
    svg += fmt::format(
        "<rect class=\"{}\" x=\"{:.1f}\" y=\"0\" width=\"{:.1f}\" height=\"40\"><title>{}: {}</title></rect>",
        html_text(part.shade), x, std::max(1.0, width - 2), html_text(part.label), part.count);
    x += width;
  }
  return svg + "</svg>";
}

std::string line_bar(std::uint64_t count, std::uint64_t most, const std::string& shade) {
  const double width = most == 0 ? 0 : 100 * static_cast<double>(count) / static_cast<double>(most);
  return fmt::format(
      "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" "
      "focusable=\"false\"><rect class=\"rest\" width=\"100\" height=\"10\"/>"
      "<rect class=\"{}\" width=\"{:.2f}\" height=\"10\"/></svg>",
      html_text(shade), count == 0 ? 0 : std::max(width, 0.6));
}

std::string per_cent(std::uint64_t count, std::uint64_t whole) {
  if (whole == 0 || count == 0) return "0 %";
  if (count == whole) return "100 %";
  const double share = 100 * static_cast<double>(count) / static_cast<double>(whole);
  if (share < 0.1) return "under 0.1 %";
  if (share > 99.9) return "over 99.9 %";
  return share < 10 || share > 99 ? fmt::format("{:.1f} %", share) : fmt::format("{:.0f} %", share);
}

}  // namespace carrel::indexer
