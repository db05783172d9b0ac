#include "indexer/report.h"

#include <boost/json.hpp>

#include "indexer/csv.h"
#include "tests/catch.h"
#include "tests/temporary_folder.h"

using namespace carrel::indexer;
using carrel::tests::TemporaryFolder;

namespace {

RunReport report() {
  RunReport made;
  made.rows.push_back({.path = "/a, \"b\".pdf",
                       .id = "a",
                       .action = "added",
                       .reason = "new",
                       .text = "new",
                       .extraction = "remembered",
                       .pages = 2,
                       .characters = 30,
                       .seconds = 0.5,
                       .warnings = {"untagged: it has no tags"}});
  made.rows.push_back(
      {.path = "/bad\xff.pdf", .action = "failed", .reason = "damaged", .text = "no trailer"});
  made.revision = "r-1";
  return made;
}

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("A report as CSV has a row a document and reads back") {
  const TemporaryFolder folder;
  REQUIRE(write_report(report(), folder / "r.csv"));
  const auto records = parse_csv(content(folder / "r.csv")).value();
  REQUIRE(records.size() == 3);
  CHECK(records[0].fields[3] == "reason");
  CHECK(records[1].fields[0] == "/a, \"b\".pdf");
  CHECK(records[0].fields[5] == "extraction");
  CHECK(records[1].fields[5] == "remembered");
  CHECK(records[2].fields[3] == "damaged");
}

TEST_CASE("A report as JSON is one valid object also when a name is no UTF-8") {
  const TemporaryFolder folder;
  REQUIRE(write_report(report(), folder / "r.json"));
  const auto value = boost::json::parse(content(folder / "r.json")).as_object();
  CHECK(value.at("documents").as_array().size() == 2);
  CHECK(value.at("counts").at("failed").to_number<int>() == 1);
  CHECK(value.at("documents").at(0).at("warnings").at(0).at("code").as_string() == "untagged");
}

TEST_CASE("A report that cannot be written is one clear error and leaves nothing half done") {
  const TemporaryFolder folder;
  CHECK_FALSE(check_report_name(folder / "r.txt"));
  const auto written = write_report(report(), folder / "no/such/r.csv");
  REQUIRE_FALSE(written);
  CHECK(written.error().message.find("r.csv") != std::string::npos);
}
