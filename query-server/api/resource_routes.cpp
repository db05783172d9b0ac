// One resource: its fields, its pages, what is like it, how to cite it.
#include <algorithm>
#include <charconv>
#include <optional>

#include "query-server/api/routes.h"
#include "query-server/form.h"
#include "search/citation.h"
#include "search/json.h"

namespace carrel::query_server {
namespace {

constexpr const char* kJson = "application/json";
constexpr std::size_t kMostSimilar = 20;

template <typename Number>
std::optional<Number> number_in(std::string_view digits) {
  Number number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::unexpected<Problem> wrong(std::string detail, std::string hint) {
  return std::unexpected(Problem{400, std::move(detail), std::move(hint), {}});
}

/// "reports/a.pdf/pages/12" is the id before "/pages/" and what follows; nothing when there is no such part.
std::optional<std::pair<std::string_view, std::string_view>> split_at(std::string_view rest,
                                                                      std::string_view part) {
  const auto at = rest.rfind(part);
  if (at == std::string_view::npos || at == 0) return std::nullopt;
  return std::pair{rest.substr(0, at), rest.substr(at + part.size())};
}

std::expected<Made, Problem> page_of(const Asked& asked, const std::string& id, std::uint32_t number) {
  const auto page = asked.service.page(id, number);
  if (!page) return refuse(page.error());
  return Made{typed_response(kJson, search::to_json(*page))};
}

Reply answer_similar(const Asked& asked, const std::string& id) {
  const auto parameters = parameters_of(asked.request);
  if (!parameters) return std::unexpected(parameters.error());
  std::size_t limit = 5;
  for (const Parameter& parameter : *parameters) {
    const auto number = number_in<std::size_t>(parameter.value);
    if (parameter.name != "limit") return wrong("A parameter is not known here", "The only one is limit");
    if (!number || *number == 0 || *number > kMostSimilar) {
      return wrong("The limit is not a number from 1 to " + std::to_string(kMostSimilar), "Leave it out for 5");
    }
    limit = *number;
  }
  return answer_once(asked, Tag::revision, "similar/" + std::to_string(limit) + "/" + id,
                     [&]() -> std::expected<Made, Problem> {
                       const auto similar = asked.service.similar(id, limit);
                       if (!similar) return refuse(similar.error());
                       return Made{typed_response(kJson, search::similar_to_json(id, *similar))};
                     });
}

Reply answer_cite(const Asked& asked, const std::string& id) {
  const auto parameters = parameters_of(asked.request);
  if (!parameters) return std::unexpected(parameters.error());
  std::string_view format = "ris";
  std::optional<std::uint32_t> page;
  for (const Parameter& parameter : *parameters) {
    if (parameter.name == "format") {
      format = parameter.value;
    } else if (parameter.name == "page") {
      page = number_in<std::uint32_t>(parameter.value);
      if (!page || *page == 0) return wrong("The page is not a number", "Count pages from 1");
    } else {
      return wrong("A parameter is not known here", "The parameters are format and page");
    }
  }
  const auto known = search::find_citation_format(format);
  if (!known) return wrong("There is no such citation format", "The formats are ris, bibtex and csl-json");
  const std::string canonical =
      "cite/" + std::string(format) + "/" + std::to_string(page.value_or(0)) + "/" + id;
  return answer_once(asked, Tag::revision, canonical, [&]() -> std::expected<Made, Problem> {
    const auto hit = asked.service.resource(id);
    if (!hit) return refuse(hit.error());
    std::optional<search::PageText> text;
    if (page) {
      auto read = asked.service.page(id, *page);
      if (!read) return refuse(read.error());
      text = *std::move(read);
    }
    return Made{typed_response(search::media_type(*known),
                               search::cite(hit->resource, *known, text ? &*text : nullptr))};
  });
}

}  // namespace

Reply answer_resource(const Asked& asked, std::string_view rest) {
  const auto whole = decode_segment(rest);
  if (!whole) return std::unexpected(whole.error());
  const auto hit = asked.service.resource(*whole);
  if (hit) {
    return answer_once(asked, Tag::revision, "resource/" + *whole,
                       [&] { return Made{typed_response(kJson, search::to_json(*hit))}; });
  }
  if (hit.error().kind != ErrorKind::not_found) return refuse(hit.error());
  if (const auto place = split_at(rest, "/pages/")) {
    const auto id = decode_segment(place->first);
    const auto number = number_in<std::uint32_t>(place->second);
    if (id && number) {
      return answer_once(asked, Tag::revision, "page/" + std::to_string(*number) + "/" + *id,
                         [&] { return page_of(asked, *id, *number); });
    }
  }
  if (const auto place = split_at(rest, "/similar"); place && place->second.empty()) {
    if (const auto id = decode_segment(place->first)) return answer_similar(asked, *id);
  }
  if (const auto place = split_at(rest, "/cite"); place && place->second.empty()) {
    if (const auto id = decode_segment(place->first)) return answer_cite(asked, *id);
  }
  return refuse(hit.error());
}

}  // namespace carrel::query_server
