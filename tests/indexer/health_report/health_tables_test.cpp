#include "indexer/health_report/health_tables.h"

#include <algorithm>

#include <boost/json.hpp>

#include "indexer/csv.h"
#include "tests/catch.h"
#include "tests/indexer/health_report/sample_collection.h"

using namespace carrel::indexer;
using namespace carrel::tests;

TEST_CASE("The table has a row for each document behind each figure") {
  const Collection collection = sample_collection();
  const auto rows = parse_csv(health_csv(collection, health_figures(collection, {})));
  REQUIRE(rows);
  const auto count = [&](std::string_view figure, std::string_view value) {
    return std::ranges::count_if(
        *rows, [&](const CsvRecord& row) { return row.fields[0] == figure && row.fields[1] == value; });
  };
  CHECK(count("problem", "unreadable") == 1);
  CHECK(count("topic", "housing") == 2);
  CHECK(count("topic", "") == 1);
  CHECK(count("lacks", "date") == 1);
  for (const CsvRecord& row : *rows) CHECK(row.fields.size() == 7);
}

TEST_CASE("The figures as JSON count what they list") {
  const Collection collection = sample_collection();
  const auto json = boost::json::parse(health_json(collection, health_figures(collection, {})));
  CHECK(json.at("files").to_number<int>() == 5);
  CHECK(json.at("documents").to_number<int>() == 3);
  for (const auto& problem : json.at("problems").as_array())
    CHECK(problem.at("count").to_number<std::size_t>() == problem.at("documents").as_array().size());
  for (const auto& figure : json.at("figures").as_array()) {
    for (const auto& value : figure.at("values").as_array())
      CHECK(value.at("count").to_number<std::size_t>() == value.at("paths").as_array().size());
  }
}
