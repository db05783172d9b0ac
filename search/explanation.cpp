#include "search/explanation.h"

#include <fmt/format.h>

namespace carrel::search {
namespace {

/// "2, 7–9".
std::string page_list(const std::vector<std::uint32_t>& pages) {
  std::string out;
  for (std::size_t first = 0; first < pages.size();) {
    std::size_t last = first;
    while (last + 1 < pages.size() && pages[last + 1] == pages[last] + 1) ++last;
    if (!out.empty()) out += ", ";
    out += last == first ? fmt::format("{}", pages[first]) : fmt::format("{}–{}", pages[first], pages[last]);
    first = last + 1;
  }
  return out;
}

std::string places(const Finding& finding) {
  std::string out = finding.in_front ? "title or abstract" : "";
  if (!finding.pages.empty()) {
    if (!out.empty()) out += ", ";
    out += (finding.pages.size() == 1 ? "page " : "pages ") + page_list(finding.pages);
  }
  return out;
}

}  // namespace

std::string explain(const std::vector<Finding>& findings, double score) {
  std::string out;
  for (const Finding& finding : findings) {
    if (!out.empty()) out += "; ";
    if (finding.times == 0) {
      out += fmt::format("“{}” not at all", finding.word);
    } else {
      out +=
          fmt::format("“{}” {} ({})", finding.word,
                      finding.times == 1 ? "once" : fmt::format("{} times", finding.times), places(finding));
    }
  }
  if (out.empty()) out = "No words were asked for";
  return out + fmt::format(". Score {:.2f}.", score);
}

}  // namespace carrel::search
