#include "query-server/preconditions.h"

#include "query-server/entity_tag.h"
#include "query-server/http_date.h"

namespace carrel::query_server {
namespace {

/// The date of a field; a field without a valid date counts as if it were not there.
std::optional<std::time_t> date_of(const HttpRequest& request, std::string_view name) {
  const auto field = request.header(name);
  return field ? parse_http_date(*field) : std::nullopt;
}

}  // namespace

std::optional<int> status_of_preconditions(const HttpRequest& request, const Validators& validators) {
  if (request.method != "GET" && request.method != "HEAD") return std::nullopt;
  if (const auto wanted = request.header("If-Match")) {
    if (!matches_any(*wanted, validators.tag, Comparison::strong)) return 412;
  } else if (const auto unmodified = date_of(request, "If-Unmodified-Since")) {
    if (validators.modified && *validators.modified > *unmodified) return 412;
  }
  if (const auto held = request.header("If-None-Match")) {
    if (matches_any(*held, validators.tag)) return 304;
  } else if (const auto since = date_of(request, "If-Modified-Since"); since && *since <= validators.now) {
    if (validators.modified && *validators.modified <= *since) return 304;
  }
  return std::nullopt;
}

bool if_range_holds(const HttpRequest& request, const Validators& validators) {
  const auto field = request.header("If-Range");
  if (!field) return true;
  if (const auto date = parse_http_date(*field)) {
    // A date says which version only when that had time to change its date once more (section 8.8.2.2).
    constexpr std::time_t kSettled = 60;
    return validators.modified && *date == *validators.modified && validators.now - *date >= kSettled;
  }
  return !validators.tag.starts_with("W/") && *field == validators.tag;
}

}  // namespace carrel::query_server
