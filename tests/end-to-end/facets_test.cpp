// Facet counts of the real programs against counts by hand.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <boost/json.hpp>

#include "tests/catch.h"
#include "tests/end-to-end/program.h"

using namespace carrel::tests;

namespace json = boost::json;

namespace {

constexpr std::array kFacetFields = {"type",     "topic",  "audience", "series",    "jurisdiction",
                                     "language", "format", "year",     "publisher", "accessible"};

using Values = std::set<std::string>;
using Selection = std::map<std::string, Values>;  // field → values, OR within, AND across

json::object search(const std::string& query, const Selection& selection) {
  std::vector<std::string> words{
      "--index",       demonstration_library().index.string(), "--json", "-n", "1000", "--passages", "0",
      "--all-versions"};
  for (const auto& [field, values] : selection) {
    const std::string option = field == "language" ? "--lang"
                               : field == "format" ? "--filetype"
                                                   : "--" + field;
    for (const std::string& value : values) {
      words.push_back(option);
      words.push_back(value);
    }
  }
  words.insert(words.end(), {"--query", query});
  return json::parse(run("carrel-search", words).out).as_object();
}

/// The values of a field in a hit, as a person reads them off.
Values values_of(const json::object& hit, const std::string& field) {
  Values values;
  const auto add = [&](const json::value& value) {
    if (value.is_string() && !value.get_string().empty()) values.insert(std::string(value.get_string()));
  };
  if (field == "year") {
    if (const auto& date = hit.at("date"); date.is_string() && date.get_string().size() >= 4) {
      values.insert(std::string(date.get_string()).substr(0, 4));
    }
    return values;
  }
  const json::value& value = hit.at(field);
  if (value.is_array()) {
    for (const json::value& one : value.get_array()) add(one);
  } else {
    add(value);
  }
  return values;
}

bool passes(const json::object& hit, const Selection& selection, const std::string& but = "") {
  for (const auto& [field, wanted] : selection) {
    if (field == but) continue;
    const Values have = values_of(hit, field);
    if (std::ranges::none_of(wanted, [&](const std::string& one) { return have.contains(one); }))
      return false;
  }
  return true;
}

void check_by_hand(const std::string& query, const Selection& selection) {
  const json::array all = search(query, {}).at("hits").as_array();
  const json::object answer = search(query, selection);
  std::size_t total = 0;
  for (const json::value& hit : all) total += passes(hit.as_object(), selection);
  CHECK(answer.at("total").to_number<std::size_t>() == total);
  for (const char* field : kFacetFields) {
    std::map<std::string, std::size_t> by_hand;
    for (const json::value& hit : all) {
      if (!passes(hit.as_object(), selection, field)) continue;
      for (const std::string& value : values_of(hit.as_object(), field)) ++by_hand[value];
    }
    std::map<std::string, std::size_t> counted;
    bool listed = false;
    for (const json::value& facet : answer.at("facets").as_array()) {
      if (facet.at("field").as_string() != field) continue;
      listed = true;
      CHECK(facet.at("more").to_number<int>() == 0);
      for (const json::value& value : facet.at("values").as_array()) {
        const auto count = value.at("count").to_number<std::size_t>();
        if (count > 0) counted[std::string(value.at("value").as_string())] = count;
      }
    }
    CHECK(listed);
    INFO("query " << query << ", facet " << field);
    CHECK(counted == by_hand);
  }
}

}  // namespace

TEST_CASE("Every facet's counts equal counts by hand, without a selection") {
  for (const char* query : {"*", "trafficking", "housing", "víctimas", "\"debt bondage\"", "t visa"}) {
    check_by_hand(query, {});
  }
}

TEST_CASE("Every facet's counts equal counts by hand, with selections in one and several fields") {
  check_by_hand("*", {{"type", {"report"}}});
  check_by_hand("*", {{"type", {"report", "fact sheet"}}});
  check_by_hand("*", {{"topic", {"housing"}}, {"language", {"en"}}});
  check_by_hand("trafficking", {{"format", {"pdf"}}, {"audience", {"survivors", "attorneys"}}});
  check_by_hand("help", {{"language", {"es"}}, {"type", {"fact sheet"}}, {"accessible", {"accessible"}}});
  check_by_hand("*", {{"year", {"2021", "2023"}}, {"topic", {"labor trafficking"}}});
}

TEST_CASE("A selected value is listed although nothing has it") {
  const json::object answer = search("housing", {{"language", {"vi"}}, {"type", {"webinar"}}});
  std::set<std::string> selected;
  for (const json::value& facet : answer.at("facets").as_array()) {
    for (const json::value& value : facet.at("values").as_array()) {
      if (value.at("selected").as_bool()) selected.insert(std::string(value.at("value").as_string()));
    }
  }
  CHECK(selected == std::set<std::string>{"vi", "webinar"});
}
