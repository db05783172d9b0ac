#include "search/schema/date.h"

#include <string>
#include <vector>

#include "tests/catch.h"

namespace carrel::schema {
namespace {

TEST_CASE("Dates keep the precision they were given with") {
  struct Row {
    std::string_view text;
    PartialDate date;
    std::string_view spelled;
    std::uint32_t first;
    std::uint32_t last;
  };
  const std::vector<Row> rows = {
      {"2020", {2020, 0, 0}, "2020", 20200101, 20201231},
      {"2020-04", {2020, 4, 0}, "2020-04", 20200401, 20200430},
      {"2020-04-28", {2020, 4, 28}, "2020-04-28", 20200428, 20200428},
      {"2020-02", {2020, 2, 0}, "2020-02", 20200201, 20200229},
      {"2019-02", {2019, 2, 0}, "2019-02", 20190201, 20190228},
      {"1900-02", {1900, 2, 0}, "1900-02", 19000201, 19000228},
      {"2000-02-29", {2000, 2, 29}, "2000-02-29", 20000229, 20000229},
      {"2020-12-31", {2020, 12, 31}, "2020-12-31", 20201231, 20201231},
      {"0865", {865, 0, 0}, "0865", 8650101, 8651231},
      {"9999", {9999, 0, 0}, "9999", 99990101, 99991231},
      {"2020-04-28T10:00:00Z", {2020, 4, 28}, "2020-04-28", 20200428, 20200428},
      {"2020-04-28 10:00", {2020, 4, 28}, "2020-04-28", 20200428, 20200428},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto date = PartialDate::parse(row.text);
    REQUIRE(date.has_value());
    CHECK(*date == row.date);
    CHECK(date->to_string() == row.spelled);
    CHECK(date->first_day() == row.first);
    CHECK(date->last_day() == row.last);
  }
}

TEST_CASE("What no calendar has is no date") {
  for (const std::string_view text :
       {"",           "2",          "20",         "202",         "20204",         "0000",        "-020",
        "+020",       "2020-",      "2020-4",     "2020-00",     "2020-13",       "2020-04-",    "2020-04-1",
        "2020-04-00", "2020-04-31", "2020-02-30", "2019-02-29",  "1900-02-29",    "2020-04-281", "2020/04/28",
        "2020-04/28", "28.04.2020", "April 2020", "2020-04-28T", "2020-04-28Tea", "2020T10:00",  "２０２０",
        " 2020",      "2020 "}) {
    CAPTURE(text);
    CHECK_FALSE(PartialDate::parse(text).has_value());
  }
}

TEST_CASE("Ranges include both ends at the precision of each") {
  struct Row {
    std::string_view text;
    std::uint32_t from;
    std::uint32_t to;
  };
  const std::vector<Row> rows = {
      {"2015..2020", 20150101, 20201231},
      {"..2020", 0, 20201231},
      {"2019-06..", 20190601, 99999999},
      {"2019", 20190101, 20191231},
      {"2019-06", 20190601, 20190630},
      {"2020-02-29..2020-02-29", 20200229, 20200229},
      {"2019..2019-06-15", 20190101, 20190615},
      {"2015/2020", 20150101, 20201231},
      {"2015-2020", 20150101, 20201231},
      {"2019/", 20190101, 99999999},
      {"/2019-6", 0, 20190630},
      {"2019-6-5", 20190605, 20190605},
      {">=2019", 20190101, 99999999},
      {"<=2019-06", 0, 20190630},
      {">2019", 20200101, 99999999},
      {"<2019", 0, 20181231},
      {"2019/P6M", 20190101, 20190630},
      {"2019-06/P1Y", 20190601, 20200531},
      {"P1Y/2019-06", 20180701, 20190630},
      {"2020-02-29/P1Y", 20200229, 20210227},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto range = DateRange::parse(row.text);
    REQUIRE(range.has_value());
    CHECK(range->from == row.from);
    CHECK(range->to == row.to);
  }
}

TEST_CASE("A range that means nothing says which part is wrong") {
  struct Row {
    std::string_view text;
    std::string_view named;  ///< what the message quotes
  };
  const std::vector<Row> rows = {
      {"", "''"},
      {"..", "'..'"},
      {"2020..x", "'x'"},
      {"x..2020", "'x'"},
      {"last year", "'last year'"},
      {"2020..2015", "'2020..2015'"},
      {"2020-02-30..", "'2020-02-30'"},
      {"2015...2020", "'.2020'"},
      {"2015..2016..2017", "'2016..2017'"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto range = DateRange::parse(row.text);
    REQUIRE_FALSE(range.has_value());
    CHECK(range.error().kind == ErrorKind::usage);
    CHECK(range.error().message.find(row.named) != std::string::npos);
    CHECK_FALSE(range.error().hint.empty());
  }
}

TEST_CASE("A span of time counts back from today") {
  const PartialDate now{2026, 3, 31};
  for (const std::string_view text : {"P2Y", "P2Y/", "P2Y..", "p24m/"}) {
    CAPTURE(text);
    const auto range = DateRange::parse(text, now);
    REQUIRE(range.has_value());
    CHECK(range->from == 20240331);
    CHECK(range->to == 99999999);
  }
  CHECK(DateRange::parse("P1M/", now)->from == 20260228);  // no 31st of February
  CHECK(DateRange::parse("P2W", now)->from == 20260317);
  CHECK(DateRange::parse("P1Y6M10D/", now)->from == 20240920);
  CHECK(DateRange::parse("P9000Y/", now)->from == 0);
  for (const std::string_view text : {"P", "PY", "P2", "P2X", "P-1Y", "P1Y/P1Y", "P99999999999Y", "2019/P",
                                      "P2Y/x", "2020-", ">", "=>2019", "2019-13/P1Y"}) {
    CAPTURE(text);
    CHECK_FALSE(DateRange::parse(text, now).has_value());
  }
}

TEST_CASE("Days compare as bytes of a slot") {
  CHECK(day_value(20200428) == "20200428");
  CHECK(day_value(8650101) == "08650101");
  CHECK(day_value(0) == "00000000");
  CHECK(day_value(8651231) < day_value(20200101));
}

TEST_CASE("Today is a day of the calendar") {
  const PartialDate date = today();
  CHECK(date.year >= 2025);
  CHECK(PartialDate::parse(date.to_string()) == date);
}

}  // namespace
}  // namespace carrel::schema
