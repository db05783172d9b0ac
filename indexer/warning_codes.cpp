#include "indexer/warning_codes.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

std::size_t rank(std::string_view code) {
  return static_cast<std::size_t>(std::ranges::find(kWarningCodes, code, &WarningCode::code) -
                                  kWarningCodes.begin());
}

}  // namespace

std::string_view warning_code(std::string_view line) {
  return line.substr(0, line.find(": "));
}

std::vector<WarningCount> count_warnings(const std::vector<ReportRow>& rows) {
  std::vector<WarningCount> counts;
  for (const ReportRow& row : rows) {
    std::set<std::string_view> codes;
    for (const std::string& line : row.warnings) codes.insert(warning_code(line));
    for (const std::string_view code : codes) {
      auto known = std::ranges::find(counts, code, &WarningCount::code);
      if (known == counts.end()) {
        counts.push_back({.code = std::string(code), .documents = 0, .example = row.path});
        known = counts.end() - 1;
      }
      ++known->documents;
    }
  }
  std::ranges::stable_sort(counts, {}, [](const WarningCount& one) { return rank(one.code); });
  return counts;
}

std::string to_line(const WarningCount& count) {
  const std::size_t at = rank(count.code);
  const WarningCode unknown{count.code, "see the report", ""};
  const WarningCode& code = at < kWarningCodes.size() ? kWarningCodes[at] : unknown;
  return fmt::format("  {} document{}: {} ({}), as {}{}{}", count.documents, count.documents == 1 ? "" : "s",
                     code.means, code.code, schema::repair_utf8(count.example),
                     code.advice.empty() ? "" : "; ", code.advice);
}

}  // namespace carrel::indexer
