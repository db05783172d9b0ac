// All values of one facet, for lists that are longer than an answer shows.
#include <algorithm>
#include <charconv>

#include "query-server/api/routes.h"
#include "query-server/form.h"
#include "query-server/parameters.h"
#include "query-server/percent.h"
#include "search/json.h"
#include "search/schema/text.h"

namespace carrel::query_server {
namespace {

constexpr std::size_t kMostValues = 1000;

std::unexpected<Problem> wrong(std::string detail, std::string hint) {
  return std::unexpected(Problem{400, std::move(detail), std::move(hint), {}});
}

/// What belongs to the list and not to the search.
struct ListParameters {
  std::string prefix;
  std::size_t limit = 100;
};

std::expected<ListParameters, Problem> take_list_parameters(Parameters& parameters) {
  ListParameters list;
  for (const Parameter& parameter : parameters) {
    if (parameter.name == "prefix") list.prefix = parameter.value;
    if (parameter.name == "limit" && !parameter.value.empty()) {
      const char* const end = parameter.value.data() + parameter.value.size();
      const auto read = std::from_chars(parameter.value.data(), end, list.limit);
      if (read.ec != std::errc() || read.ptr != end || list.limit == 0 || list.limit > kMostValues) {
        return wrong("The limit is not a number from 1 to " + std::to_string(kMostValues),
                     "Leave it out for 100, and narrow the list by prefix");
      }
    }
  }
  std::erase_if(parameters, [](const Parameter& parameter) {
    return parameter.name == "prefix" || parameter.name == "limit";
  });
  return list;
}

/// True when the label, or a word of it, begins with the prefix; both folded.
bool begins_with(std::string_view label, std::string_view prefix) {
  for (std::size_t at = label.find(prefix); at != std::string_view::npos; at = label.find(prefix, at + 1)) {
    if (at == 0 || label[at - 1] == ' ' || label[at - 1] == '-') return true;
  }
  return false;
}

void keep(search::Facet& facet, const ListParameters& list) {
  if (const std::string prefix = schema::folded_form(list.prefix); !prefix.empty()) {
    std::erase_if(facet.values, [&](const search::FacetValue& value) {
      return !value.selected && !begins_with(schema::folded_form(value.label), prefix);
    });
  }
  if (facet.values.size() > list.limit) {
    facet.more += facet.values.size() - list.limit;
    facet.values.resize(list.limit);
  }
}

}  // namespace

Reply answer_facet(const Asked& asked, std::string_view name) {
  const auto decoded = decode_segment(name);
  if (!decoded) return std::unexpected(decoded.error());
  const auto field = schema::find_field(*decoded);
  if (!field || !schema::field(*field).is(schema::kFacet)) {
    return std::unexpected(Problem{404, "There is no such facet", "An answer of /v1/search lists them all", {}});
  }
  auto parameters = parameters_of(asked.request);
  if (!parameters) return std::unexpected(parameters.error());
  const auto list = take_list_parameters(*parameters);
  if (!list) return std::unexpected(list.error());
  SearchParameters read = read_search_parameters(*parameters);
  if (!read.faults.empty()) return refuse(read.faults.front());
  search::Request& request = read.request;
  request.facets = {*field};
  request.facet_values = std::size_t{1} << 20;  // counting finds them all anyway
  request.limit = 0;
  request.passages = 0;
  const std::string canonical = "facet/" + *decoded + "?prefix=" + percent_encode(list->prefix) +
                                "&most=" + std::to_string(list->limit) + "&" + to_form(request);
  return answer_once(asked, Tag::revision, canonical, [&]() -> std::expected<Made, Problem> {
    auto answer = asked.service.search(request);
    if (!answer) return refuse(answer.error());
    if (answer->facets.empty()) answer->facets.push_back({.field = *field, .label = {}, .values = {}});
    keep(answer->facets.front(), *list);
    return Made{typed_response("application/json", search::to_json(answer->facets.front())), answer->revision,
                answer->total_exact};
  });
}

}  // namespace carrel::query_server
