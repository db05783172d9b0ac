#include "query-server/parameters.h"

#include "tests/catch.h"

using namespace carrel;
using namespace carrel::query_server;
using schema::FieldId;

namespace {

SearchParameters read(std::string_view form) {
  return read_search_parameters(parse_form(form).value());
}

}  // namespace

TEST_CASE("parameters become a request, which writes itself the same way") {
  struct {
    const char* form;
    const char* normal;
  } const rows[] = {
      {"", ""},
      {"q=forced+labor", "q=forced%20labor"},
      {"q=&type=", ""},
      {"type=report,toolkit", "type=report&type=toolkit"},
      {"type=toolkit&type=report&type=report", "type=report&type=toolkit"},
      {"topic=%20housing%20,,legal%20services", "topic=housing&topic=legal%20services"},
      {"publisher=Office%5C,%20Bureau", "publisher=Office%5C%2C%20Bureau"},
      {"lang=es&filetype=pdf&is=scanned", "language=es&format=pdf&accessible=scanned"},
      {"year=2019,2020", "year=2019&year=2020"},
      {"year=2015..2020", "year=2015..2020"},
      {"year=..2020&date=2019-06..", "year=..2020&date=2019-06.."},
      {"sort=-date&offset=20&limit=50&passages=0", "sort=-date&limit=50&passages=0&offset=20"},
      {"sort=relevance&offset=0&limit=20&passages=3&mode=default&explain=0&ui=en", ""},
      {"facets=type,topic", "facets=type%2Ctopic"},
      {"facets=none", "facets=none"},
      {"mode=strict&explain=1&ui=es", "mode=strict&explain=1&ui=es"},
      {"offset=1000", "offset=1000"},
  };
  for (const auto& row : rows) {
    INFO(row.form);
    const auto parameters = read(row.form);
    CHECK(parameters.faults.empty());
    CHECK(to_form(parameters.request) == row.normal);
    CHECK(to_form(read(to_form(parameters.request)).request) == row.normal);
  }
}

TEST_CASE("a parameter that cannot be read is a fault with a hint and changes nothing") {
  struct {
    const char* form;
    const char* hint;
  } const rows[] = {
      {"tpye=report", "Did you mean “type”?"},
      {"facet=type", "Did you mean “facets”?"},
      {"zzzzzz=1", "The parameters are"},
      {"zzzzzz=", "The parameters are"},
      {"title=x", "The parameters are"},
      {"limit=51", "offset"},
      {"limit=999999999999999999999999", "offset"},
      {"limit=ten", "whole number"},
      {"limit=-1", "whole number"},
      {"limit=5.0", "whole number"},
      {"offset=1001", "Narrow"},
      {"passages=11", "pages"},
      {"sort=newest", "-date"},
      {"mode=loose", "strict"},
      {"explain=maybe", "explain=1"},
      {"facets=colour", "none"},
      {"year=20x0", "2015..2020"},
      {"year=x..y", "2015..2020"},
      {"date=yesterday", "2019-06.."},
  };
  for (const auto& row : rows) {
    INFO(row.form);
    const auto parameters = read(row.form);
    REQUIRE(parameters.faults.size() == 1);
    CHECK(parameters.faults[0].kind == ErrorKind::usage);
    CHECK(parameters.faults[0].hint.find(row.hint) != std::string::npos);
    CHECK(to_form(parameters.request).empty());
  }
}

TEST_CASE("an element of a JSON array is one value, commas and all") {
  const auto parameters = read_search_parameters({{"publisher", "Office, Bureau", true}});
  REQUIRE(parameters.request.selections.size() == 1);
  CHECK(parameters.request.selections[0].field == FieldId::publisher);
  CHECK(parameters.request.selections[0].values == std::vector<std::string>{"Office, Bureau"});
}

TEST_CASE("lists of values are split at commas that are not escaped") {
  CHECK(split_values("a,b") == std::vector<std::string>{"a", "b"});
  CHECK(split_values(" a , ,b ") == std::vector<std::string>{"a", "b"});
  CHECK(split_values("a\\,b,c\\\\") == std::vector<std::string>{"a,b", "c\\"});
  CHECK(split_values("c:\\new") == std::vector<std::string>{"c:\\new"});
  CHECK(split_values("").empty());
  for (const char* value : {"plain", "a, b", "back\\slash", "both\\,", "\\"}) {
    CHECK(split_values(escape_value(value)) == std::vector<std::string>{value});
  }
}
