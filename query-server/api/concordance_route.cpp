// Every occurrence of what is searched, with what stands beside it, a few hits at a time.
#include <charconv>

#include "query-server/api/routes.h"
#include "query-server/form.h"
#include "query-server/parameters.h"
#include "search/json.h"

namespace carrel::query_server {
namespace {

constexpr std::size_t kContext = 40;
constexpr std::size_t kMostContext = 200;
constexpr std::size_t kHits = 5;
/// All pages of a hit are read: more hits at once would keep others waiting.
constexpr std::size_t kMostHitsHere = 10;

std::unexpected<Problem> wrong(std::string_view name, std::size_t most) {
  return std::unexpected(
      Problem{400,
              "The " + std::string(name) + " is not a number from 1 to " + std::to_string(most),
              "Leave it out for the usual, and ask for more hits with offset",
              {}});
}

/// Takes a number out of the parameters; what is not given keeps its value. False when it is none or too
/// large.
bool take_number(Parameters& parameters, std::string_view name, std::size_t most, std::size_t& number) {
  bool good = true;
  std::erase_if(parameters, [&](const Parameter& one) {
    if (one.name != name) return false;
    const char* const end = one.value.data() + one.value.size();
    const auto read = std::from_chars(one.value.data(), end, number);
    good = read.ec == std::errc() && read.ptr == end && number > 0 && number <= most;
    return true;
  });
  return good;
}

}  // namespace

Reply answer_concordance(const Asked& asked) {
  auto parameters = parameters_of(asked.request);
  if (!parameters) return std::unexpected(parameters.error());
  std::size_t context = kContext;
  std::size_t hits = kHits;
  if (!take_number(*parameters, "context", kMostContext, context)) return wrong("context", kMostContext);
  if (!take_number(*parameters, "limit", kMostHitsHere, hits)) return wrong("limit", kMostHitsHere);
  SearchParameters read = read_search_parameters(*parameters);
  if (!read.faults.empty()) return refuse(read.faults.front());
  search::Request& request = read.request;
  request.limit = hits;
  request.passages = 0;
  request.facets.emplace();
  const std::string canonical = "concordance/" + std::to_string(context) + "?" + to_form(request);
  return answer_once(asked, Tag::revision, canonical, [&]() -> std::expected<Made, Problem> {
    const auto made = asked.service.concordance(request, context);
    if (!made) return refuse(made.error());
    return Made{typed_response("application/json", search::to_json(*made)), made->answer.revision,
                made->answer.total_exact};
  });
}

}  // namespace carrel::query_server
