#include "indexer/health_report/plots.h"

#include "tests/catch.h"

using namespace carrel::indexer;

TEST_CASE("A share is never rounded to nothing or to all") {
  CHECK(per_cent(0, 10) == "0 %");
  CHECK(per_cent(0, 0) == "0 %");
  CHECK(per_cent(10, 10) == "100 %");
  CHECK(per_cent(1, 3) == "33 %");
  CHECK(per_cent(1, 40) == "2.5 %");
  CHECK(per_cent(1, 100'000) == "under 0.1 %");
  CHECK(per_cent(99'999, 100'000) == "over 99.9 %");
  CHECK(per_cent(999, 1003) == "99.6 %");
}

TEST_CASE("Columns have the heights of their numbers, and say them") {
  const std::string svg =
      column_plot("T", "S", {{"2019", 5, "year"}, {"2020", 0, "year"}, {"a<b", 10, "none"}});
  // 204 of 260 units are the plot; the scale ends at 10.
  CHECK(svg.find("height=\"102.0\" rx=\"2\"><title>2019: 5</title>") != std::string::npos);
  CHECK(svg.find("height=\"204.0\" rx=\"2\"><title>a&lt;b: 10</title>") != std::string::npos);
  CHECK(svg.find("2020: 0") == std::string::npos);
  CHECK(svg.find("role=\"img\" aria-label=\"T. S\"") != std::string::npos);
  CHECK(column_plot("T", "S", {}).empty());
}

TEST_CASE("The parts of a whole fill it, and small ones stay visible") {
  const std::string svg =
      whole_bar("Files", {{"good", 100'000, "good"}, {"lost", 1, "lost"}, {"absent", 0, "x"}});
  CHECK(svg.find("aria-label=\"Files: 100000 good, 1 lost\"") != std::string::npos);
  CHECK(svg.find("class=\"lost\" x=\"994.0\" y=\"0\" width=\"4.0\"") != std::string::npos);
  CHECK(svg.find("absent") == std::string::npos);
  CHECK(whole_bar("Files", {{"good", 0, "good"}}).empty());
}

TEST_CASE("The bar of a line tells its share of the largest") {
  CHECK(line_bar(1, 4, "v").find("class=\"v\" width=\"25.00\"") != std::string::npos);
  CHECK(line_bar(0, 4, "v").find("class=\"v\" width=\"0.00\"") != std::string::npos);
  CHECK(line_bar(1, 1'000'000, "v").find("class=\"v\" width=\"0.60\"") != std::string::npos);
}
