// Searching, suggesting, and whether searching works.
#include <charconv>

#include <boost/json.hpp>

#include "query-server/api/routes.h"
#include "query-server/form.h"
#include "query-server/page/assets.h"
#include "query-server/parameters.h"
#include "query-server/percent.h"
#include "search/json.h"

namespace carrel::query_server {
namespace {

constexpr const char* kJson = "application/json";
constexpr std::size_t kMostSuggestions = 20;

struct SuggestParameters {
  std::string typed;
  std::size_t limit = 5;
  bool opensearch = false;
};

std::unexpected<Problem> wrong(std::string detail, std::string hint) {
  return std::unexpected(Problem{400, std::move(detail), std::move(hint), {}});
}

std::expected<SuggestParameters, Problem> read_suggest_parameters(const Parameters& parameters) {
  SuggestParameters read;
  for (const auto& [name, value, exact] : parameters) {
    if (name == "q") {
      if (read.typed.empty()) read.typed = value;
    } else if (name == "limit") {
      const char* const end = value.data() + value.size();
      const auto number = std::from_chars(value.data(), end, read.limit);
      if (number.ec != std::errc() || number.ptr != end || read.limit == 0 || read.limit > kMostSuggestions) {
        return wrong("The limit is not a number from 1 to " + std::to_string(kMostSuggestions),
                     "Leave it out for 5");
      }
    } else if (name == "format") {
      if (value != "json" && value != "opensearch") {
        return wrong("There is no such format of suggestions", "The formats are json and opensearch");
      }
      read.opensearch = value == "opensearch";
    } else if (name != "ui") {
      return wrong("A parameter is not known here", "The parameters are q, limit, format, ui");
    }
  }
  return read;
}

/// ["typed", ["completion", …]] of the OpenSearch Suggestions extension 1.1.
std::string to_open_search(std::string_view typed, const std::vector<search::Suggestion>& suggestions) {
  boost::json::array completions;
  for (const search::Suggestion& suggestion : suggestions) completions.emplace_back(suggestion.text);
  return boost::json::serialize(boost::json::array{typed, completions});
}

}  // namespace

Reply answer_search(const Asked& asked) {
  const auto parameters = parameters_of(asked.request);
  if (!parameters) return std::unexpected(parameters.error());
  const SearchParameters read = read_search_parameters(*parameters);
  if (!read.faults.empty()) return refuse(read.faults.front());
  Reply reply = answer_once(asked, Tag::revision, "search?" + to_form(read.request),
                            [&]() -> std::expected<Made, Problem> {
                              const auto answer = asked.service.search(read.request);
                              if (!answer) return refuse(answer.error());
                              return made_of(*answer, typed_response(kJson, search::to_json(*answer)));
                            });
  if (reply) count_search(asked, read.request, *reply);
  return reply;
}

Reply answer_suggest(const Asked& asked) {
  const auto parameters = parameters_of(asked.request);
  if (!parameters) return std::unexpected(parameters.error());
  const auto read = read_suggest_parameters(*parameters);
  if (!read) return std::unexpected(read.error());
  const std::string canonical = "suggest?q=" + percent_encode(read->typed) + "&limit=" +
                                std::to_string(read->limit) + (read->opensearch ? "&format=opensearch" : "");
  return answer_once(asked, Tag::revision, canonical, [&]() -> std::expected<Made, Problem> {
    const auto suggestions = asked.service.suggest(read->typed, read->limit);
    if (!suggestions) return refuse(suggestions.error());
    if (read->opensearch) {
      return Made{typed_response("application/x-suggestions+json", to_open_search(read->typed, *suggestions))};
    }
    return Made{typed_response(kJson, search::to_json(read->typed, *suggestions))};
  });
}

Reply answer_openapi() {
  return typed_response(kJson, std::string(page::asset("openapi.json")));
}

Reply answer_ready(const Asked& asked) {
  search::Request everything;
  everything.limit = 1;
  everything.passages = 0;
  everything.facets.emplace();
  const auto answer = asked.service.search(everything);
  if (!answer) return refuse(answer.error());
  if (const auto state = asked.service.state()) asked.metrics.see(*state);
  boost::json::object object;
  object["status"] = "ready";
  object["revision"] = answer->revision;
  object["resources"] = answer->total;
  return typed_response(kJson, boost::json::serialize(object) + "\n");
}

}  // namespace carrel::query_server
