#include "query-server/page/page_request.h"

#include "query-server/parameters.h"
#include "tests/catch.h"

using namespace carrel::query_server;
using namespace carrel::query_server::page;

namespace {

PageRequest read(std::string_view form) {
  return read_page_request(parse_form(form).value(), false);
}

}  // namespace

TEST_CASE("buttons of the page change the search") {
  struct {
    const char* form;
    const char* normal;
  } const rows[] = {
      {"q=a&topic=housing&remove=topic:housing", "q=a"},
      {"q=a&topic=housing&topic=legal&remove=topic:housing", "q=a&topic=legal"},
      {"q=a&year=2015..2020&remove=year_range:2015..2020", "q=a"},
      {"q=a&year=2015&year=2016&remove=year:2015", "q=a&year=2016"},
      {"q=a&date=2019..&remove=date:2019..", "q=a"},
      {"q=a&topic=housing&year=2015..&remove=*", "q=a"},
      {"q=a&publisher=Office%5C, Bureau&remove=publisher:Office, Bureau", "q=a"},
      {"q=a&topic=housing&remove=nonsense", "q=a&topic=housing"},
      {"q=huosing&instead=housing", "q=housing"},
  };
  for (const auto& row : rows) {
    INFO(row.form);
    CHECK(to_form(read(row.form).request) == row.normal);
  }
}

TEST_CASE("unknown parameters are ignored, unreadable ones are told") {
  CHECK(read("q=a&utm_source=mail").faults.empty());
  CHECK(read("q=a&limit=500").faults.size() == 1);
  CHECK(to_form(read("q=a&limit=500").request) == "q=a");
}

TEST_CASE("two fields make a range of years, and what is no year is told") {
  const auto read = [](std::string_view form) { return read_page_request(parse_form(form).value(), false); };
  CHECK(read("q=a&year_from=2015&year_to=2020").request.year == "2015..2020");
  CHECK(read("q=a&year_from=&year_to=2020").request.year == "..2020");
  CHECK(read("q=a&year_from=&year_to=").request.year.empty());
  CHECK(read("q=a&year_from=soon").faults.size() == 1);
  CHECK(read("q=a&year_from=soon").request.year.empty());
}

TEST_CASE("what was chosen for some words ends with them") {
  const auto read = [](std::string_view form) { return read_page_request(parse_form(form).value(), false).request; };
  CHECK_FALSE(read("q=a&for=a&correct=0").correct);
  CHECK(read("q=b&for=a&correct=0").correct);
  CHECK(read("q=a&for=a&no_expand=x").no_expand.size() == 1);
  CHECK(read("q=b&for=a&no_expand=x").no_expand.empty());
  CHECK(read("q=a&no_expand=x").no_expand.size() == 1);
}
