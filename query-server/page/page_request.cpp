#include "query-server/page/page_request.h"

#include <algorithm>

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
