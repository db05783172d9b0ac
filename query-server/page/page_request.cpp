#include "query-server/page/page_request.h"

#include <algorithm>

#include "query-server/page/year_view.h"
#include "query-server/parameters.h"
#include "search/schema/fields.h"

namespace carrel::query_server::page {
namespace {

constexpr std::string_view kEverything = "*";
constexpr std::string_view kYearRange = "year_range";

bool is_known(std::string_view name) {
  static constexpr std::string_view kNames[] = {"q",        "sort",      "offset",   "limit",
                                                "passages", "mode",      "explain",  "ui",
                                                "expand",   "no_expand", "versions", "correct"};
  if (std::ranges::find(kNames, name) != std::end(kNames)) return true;
  const auto field = schema::find_field(name);
  return field && (schema::field(*field).is(schema::kFacet) || *field == schema::FieldId::date);
}

/// The range of the fields year_from and year_to. What is no year is a fault, as in /v1/search.
void read_years(const Parameters& parameters, PageRequest& page) {
  const std::string_view from = value_of(parameters, "year_from");
  const std::string_view to = value_of(parameters, "year_to");
  if (from.empty() && to.empty()) return;
  const std::string range = std::string(from) + ".." + std::string(to);
  if (const auto years = read_year_range(range)) {
    page.request.year = write_year_range(*years);
  } else {
    SearchParameters read = read_search_parameters({{.name = "year", .value = range}});
    if (read.faults.empty()) {
      page.request.year = read.request.year;
    } else {
      page.faults.push_back(std::move(read.faults.front()));
    }
  }
}

/// What was chosen for other words holds no longer.
void forget_choices_for(std::string_view words, search::Request& request) {
  if (request.q == words) return;
  const search::Request defaults;
  request.correct = defaults.correct;
  request.expand = defaults.expand;
  request.no_expand.clear();
}

}  // namespace

std::string removal(std::string_view field, std::string_view value) {
  return std::string(field) + ":" + std::string(value);
}

search::Request without(search::Request request, std::string_view removed) {
  if (removed == kEverything) {
    request.selections.clear();
    request.year.clear();
    request.date.clear();
    return request;
  }
  const auto colon = removed.find(':');
  if (colon == std::string_view::npos) return request;
  const std::string_view name = removed.substr(0, colon);
  const std::string_view value = removed.substr(colon + 1);
  if (name == kYearRange) request.year.clear();
  if (name == "date") request.date.clear();
  for (search::Selection& selection : request.selections) {
    if (schema::field(selection.field).name == name) std::erase(selection.values, value);
  }
  std::erase_if(request.selections,
                [](const search::Selection& selection) { return selection.values.empty(); });
  return request;
}

PageRequest read_page_request(const Parameters& parameters, bool by_address) {
  Parameters known;
  std::ranges::copy_if(parameters, std::back_inserter(known),
                       [](const Parameter& parameter) { return is_known(parameter.name); });
  SearchParameters read = read_search_parameters(known);
  PageRequest page{std::move(read.request), std::move(read.faults), by_address};
  read_years(parameters, page);
  const auto meant = std::ranges::find(parameters, "for", &Parameter::name);
  if (meant != parameters.end()) forget_choices_for(meant->value, page.request);
  for (const Parameter& parameter : parameters) {
    if (parameter.name == "remove") page.request = without(std::move(page.request), parameter.value);
    if (parameter.name == "instead" && !parameter.value.empty()) {
      // The words typed, when the page shows what the corrected ones find.
      page.request.correct = parameter.value != page.request.q;
      page.request.q = parameter.value;
    }
  }
  return page;
}

}  // namespace carrel::query_server::page
