#include "search/cli/year_plot.h"

#include "tests/catch.h"

using namespace carrel::search::cli;

TEST_CASE("Years between the first and the last have a line, empty or not") {
  YearCounts counts{.what = "resources"};
  counts.add("2019-05", 2);
  counts.add("2021", 8);
  counts.add("", 3);
  const std::string bars = year_bars(counts, {});
  CHECK(bars == "Year  resources\n2019         2  ██████████\n2020         0\n2021         8  " + [] {
    std::string forty;
    for (int i = 0; i < 40; ++i) forty += "█";
    return forty;
  }() + "\n3 without a year\n\n");
}

TEST_CASE("A bar is as long as its count, in eighths of a column, and never nothing for something") {
  CHECK(bar(0, 10, 10).empty());
  CHECK(bar(10, 10, 3) == "███");
  CHECK(bar(1, 1000, 10) == "▏");
  CHECK(bar(9, 16, 1) == "▌");
}

TEST_CASE("Text is measured and cut by the columns that it takes") {
  CHECK(columns_of("niño") == 4);
  CHECK(columns_of("贩卖") == 4);
  CHECK(first_columns("贩卖人口", 5) == "贩卖");
  CHECK(last_columns("one niño", 4) == "niño");
  CHECK(last_columns("贩卖人口", 5) == "人口");
}

TEST_CASE("An empty plot is still a picture") {
  const std::string svg = year_svg({.what = "resources"}, "nothing");
  CHECK(svg.find("<svg ") != std::string::npos);
  CHECK(svg.ends_with("</svg>\n"));
}
