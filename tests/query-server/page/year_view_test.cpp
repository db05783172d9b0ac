#include "query-server/page/year_view.h"

#include "tests/catch.h"

using namespace carrel::query_server::page;
using carrel::search::Facet;

namespace {

Facet years(std::initializer_list<std::pair<const char*, std::uint64_t>> counts) {
  Facet facet{.field = carrel::schema::FieldId::year};
  for (const auto& [year, count] : counts) facet.values.push_back({year, year, count, false});
  return facet;
}

std::string member(View view, std::string_view name) {
  return *view[name].text();
}

}  // namespace

TEST_CASE("a range of years has two ends that may be open") {
  CHECK(read_year_range("2015..2020")->from == "2015");
  CHECK(read_year_range("2015..2020")->to == "2020");
  CHECK(read_year_range("..2020")->from.empty());
  CHECK(read_year_range("2015..")->to.empty());
  CHECK_FALSE(read_year_range("2015"));
  CHECK_FALSE(read_year_range("2015-06..2020"));
  CHECK_FALSE(read_year_range("20 15..2020"));
  CHECK(write_year_range({"2015", ""}) == "2015..");
  CHECK(write_year_range({"", ""}).empty());
}

TEST_CASE("each year is a bar at its place, as high as its share of the fullest year") {
  View view = year_view(years({{"2022", 12}, {"2021", 6}, {"2018", 1}}), "", Messages::of("en"));
  const auto* bars = view["bars"].list();
  REQUIRE(bars->size() == 3);
  CHECK(member((*bars)[0], "x") == "40");
  CHECK(member((*bars)[0], "height") == "48");
  CHECK(member((*bars)[0], "y") == "0");
  CHECK(member((*bars)[1], "height") == "24");
  CHECK(member((*bars)[2], "x") == "0");
  CHECK(member((*bars)[2], "height") == "4");
  CHECK(member(view, "first") == "2018");
  CHECK(member(view, "last") == "2022");
  CHECK(member(view, "width") == "48");
}

TEST_CASE("what the range leaves out is drawn paler") {
  View view = year_view(years({{"2022", 12}, {"2021", 6}, {"2018", 1}}), "2020..2021", Messages::of("en"));
  View bars = view["bars"];
  CHECK((*bars.list())[0].map()->at("out").shows());
  CHECK_FALSE((*bars.list())[1].map()->at("out").shows());
  CHECK((*bars.list())[2].map()->at("out").shows());
  CHECK(member(view, "from") == "2020");
  CHECK(member(view, "to") == "2021");
}

TEST_CASE("odd years of odd catalogues break nothing") {
  CHECK_FALSE(year_view(years({}), "", Messages::of("en")).shows());
  CHECK(member(year_view(years({}), "2015..", Messages::of("en")), "from") == "2015");
  CHECK_FALSE(year_view(years({{"undated", 3}}), "", Messages::of("en")).shows());
  View view = year_view(years({{"2022", 1}, {"1066", 1}}), "", Messages::of("en"));
  CHECK(view["bars"].list()->size() == 1);
  CHECK(member(view, "first") == "1963");
  CHECK_FALSE(year_view(years({{"2022", 0}}), "", Messages::of("en")).shows());
}
