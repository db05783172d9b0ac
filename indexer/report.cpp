#include "indexer/report.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "indexer/csv.h"
#include "indexer/whole_file.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

std::string as_csv(const RunReport& report) {
  std::string out = "path,id,action,reason,text,extraction,pages,characters,seconds,warnings\r\n";
  for (const ReportRow& row : report.rows) {
    out += fmt::format("{},{},{},{},{},{},{},{},{:.3f},{}\r\n", csv_field(schema::repair_utf8(row.path)),
                       csv_field(row.id), csv_field(row.action), csv_field(row.reason), csv_field(row.text),
                       row.extraction, row.pages, row.characters, row.seconds,
                       csv_field(fmt::format("{}", fmt::join(row.warnings, "; "))));
  }
  return out;
}

std::string as_json(const RunReport& report) {
  json::object counts;
  for (const ReportRow& row : report.rows) counts[row.action] = report.count(row.action);
  for (const char* action :
       {"added", "changed", "moved", "rebuilt", "unchanged", "removed", "skipped", "failed"}) {
    if (!report.planned) counts[action] = report.count(action);
  }
  json::array documents;
  for (const ReportRow& row : report.rows) {
    json::array warnings;
    for (const std::string& warning : row.warnings) {
      const std::size_t colon = warning.find(": ");
      warnings.push_back(json::object{{"code", warning.substr(0, colon)},
                                      {"text", colon == std::string::npos ? "" : warning.substr(colon + 2)}});
    }
    documents.push_back(json::object{{"path", schema::repair_utf8(row.path)},
                                     {"id", row.id},
                                     {"action", row.action},
                                     {"reason", row.reason},
                                     {"text", row.text},
                                     {"extraction", row.extraction},
                                     {"pages", row.pages},
                                     {"characters", row.characters},
                                     {"seconds", row.seconds},
                                     {"warnings", std::move(warnings)}});
  }
  return json::serialize(json::object{{"revision", report.revision},
                                      {"seconds", report.seconds},
                                      {"opened", report.opened},
                                      {"remembered", report.remembered},
                                      {"interrupted", report.interrupted},
                                      {"counts", std::move(counts)},
                                      {"documents", std::move(documents)}}) +
         "\n";
}

}  // namespace

std::uint64_t RunReport::count(std::string_view action) const {
  return static_cast<std::uint64_t>(std::ranges::count(rows, action, &ReportRow::action)) +
         (action == "unchanged" ? unlisted_unchanged : 0);
}

Result<void> check_report_name(const fs::path& file) {
  if (file.extension() == ".json" || file.extension() == ".csv") return {};
  return fail(ErrorKind::usage,
              fmt::format("the report {} has neither the ending .json nor .csv", file.string()),
              "name a file that ends in .json or .csv");
}

Result<void> write_report(const RunReport& report, const fs::path& file) {
  if (auto named = check_report_name(file); !named) return named;
  auto written = write_whole_file(file, file.extension() == ".json" ? as_json(report) : as_csv(report));
  if (!written) written.error().message = "the report: " + written.error().message;
  return written;
}

std::string summary_line(const RunReport& report) {
  std::string line;
  for (const char* rare : {"rebuilt", "moved"}) {
    if (const std::uint64_t count = report.count(rare); count > 0)
      line += fmt::format("{} {}, ", count, rare);
  }
  return fmt::format("{}{} added, {} changed, {} removed, {} unchanged, {} skipped, {} failed in {:.1f} s",
                     line, report.count("added"), report.count("changed"), report.count("removed"),
                     report.count("unchanged"), report.count("skipped"), report.count("failed"),
                     report.seconds);
}

}  // namespace carrel::indexer
