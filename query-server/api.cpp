#include "query-server/api.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <boost/json.hpp>

#include "query-server/entity_tag.h"
#include "query-server/form.h"
#include "query-server/parameters.h"
#include "query-server/percent.h"
#include "search/json.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::query_server {
namespace {

std::unexpected<Problem> refuse(const Error& error) {
  return std::unexpected(to_problem(error));
}

/// Answers with the tag of (revision, asked), or 304 without making the answer.
template <typename Make>
Reply tagged(SearchService& service, const HttpRequest& request, const std::string& asked, Make make) {
  const bool by_get = request.method == "GET" || request.method == "HEAD";
  const auto known = by_get ? request.header("If-None-Match") : std::nullopt;
  if (known) {
    const auto state = service.state();
    if (!state) return refuse(state.error());
    const std::string tag = entity_tag(state->revision, asked);
    if (matches_any(*known, tag)) {
      HttpResponse unchanged;
      unchanged.status = 304;
      unchanged.set("ETag", tag);
      return unchanged;
    }
  }
  return make();
}

/// Splits "reports/a.pdf/pages/12" into the id and 12.
std::optional<std::pair<std::string_view, std::uint32_t>> split_page(std::string_view rest) {
  constexpr std::string_view kPages = "/pages/";
  const auto at = rest.rfind(kPages);
  if (at == std::string_view::npos || at == 0) return std::nullopt;
  const std::string_view digits = rest.substr(at + kPages.size());
  std::uint32_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || read.ec != std::errc() || read.ptr != digits.data() + digits.size())
    return std::nullopt;
  return std::pair{rest.substr(0, at), number};
}

}  // namespace

HttpResponse json_response(std::string json) {
  HttpResponse response;
  response.set("Content-Type", "application/json");
  response.body = std::move(json);
  return response;
}

Reply answer_search(SearchService& service, const HttpRequest& request) {
  const auto parameters = parameters_of(request);
  if (!parameters) return std::unexpected(parameters.error());
  const SearchParameters read = read_search_parameters(*parameters);
  if (!read.faults.empty()) return refuse(read.faults.front());
  const std::string asked = "search?" + to_form(read.request);
  return tagged(service, request, asked, [&]() -> Reply {
    const auto answer = service.search(read.request);
    if (!answer) return refuse(answer.error());
    HttpResponse response = json_response(search::to_json(*answer));
    response.set("ETag", entity_tag(answer->revision, asked));
    return response;
  });
}

Reply answer_suggest(SearchService& service, const HttpRequest& request) {
  constexpr std::size_t kMost = 20;
  const auto parameters = parameters_of(request);
  if (!parameters) return std::unexpected(parameters.error());
  std::size_t limit = 5;
  for (const Parameter& parameter : *parameters) {
    if (parameter.name == "limit") {
      const char* const end = parameter.value.data() + parameter.value.size();
      const auto number = std::from_chars(parameter.value.data(), end, limit);
      if (number.ec != std::errc() || number.ptr != end || limit == 0 || limit > kMost) {
        return std::unexpected(Problem{
            400, "The limit is not a number from 1 to " + std::to_string(kMost), "Leave it out for 5", {}});
      }
    } else if (parameter.name != "q" && parameter.name != "ui") {
      return std::unexpected(
          Problem{400, "A parameter is not known here", "The parameters are q, limit, ui", {}});
    }
  }
  const std::string typed(value_of(*parameters, "q"));
  const std::string asked = "suggest?q=" + percent_encode(typed) + "&limit=" + std::to_string(limit);
  return tagged(service, request, asked, [&]() -> Reply {
    const auto suggestions = service.suggest(typed, limit);
    if (!suggestions) return refuse(suggestions.error());
    HttpResponse response = json_response(search::to_json(typed, *suggestions));
    if (const auto state = service.state()) response.set("ETag", entity_tag(state->revision, asked));
    return response;
  });
}

Reply answer_resource(SearchService& service, const HttpRequest& request, std::string_view rest) {
  const auto whole = percent_decode(rest, Plus::stays);
  if (!whole || !schema::is_valid_utf8(*whole)) {
    return std::unexpected(Problem{400,
                                   "The identifier is not percent-encoded UTF-8",
                                   "Encode the identifier as UTF-8, then percent-encode its bytes",
                                   {}});
  }
  return tagged(service, request, "resource/" + std::string(rest), [&]() -> Reply {
    const auto with_tag = [&](std::string json) {
      HttpResponse response = json_response(std::move(json));
      if (const auto state = service.state()) {
        response.set("ETag", entity_tag(state->revision, "resource/" + std::string(rest)));
      }
      return response;
    };
    const auto hit = service.resource(*whole);
    if (hit) return with_tag(search::to_json(*hit));
    const auto place = split_page(rest);
    if (hit.error().kind != ErrorKind::not_found || !place) return refuse(hit.error());
    const auto page = service.page(*percent_decode(place->first, Plus::stays), place->second);
    if (!page) return refuse(page.error());
    return with_tag(search::to_json(*page));
  });
}

Reply answer_ready(SearchService& service) {
  const auto state = service.state();
  if (!state) return refuse(state.error());
  boost::json::object object;
  object["status"] = "ready";
  object["revision"] = state->revision;
  object["resources"] = state->resources;
  return json_response(boost::json::serialize(object) + "\n");
}

}  // namespace carrel::query_server
