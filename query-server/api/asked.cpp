#include "query-server/api/asked.h"

#include "query-server/content_coding.h"
#include "query-server/entity_tag.h"
#include "query-server/percent.h"
#include "query-server/preconditions.h"
#include "search/schema/utf8.h"

namespace carrel::query_server {
namespace {

std::string key_of(const Asked& asked, const std::string& canonical) {
  const Coding coding = choose_coding(asked.request.header("Accept-Encoding"));
  return canonical + '\n' + std::string(name_of(coding));
}

}  // namespace

Made made_of(const search::Answer& answer, HttpResponse response) {
  response.hits = answer.total;
  return {.response = std::move(response), .revision = answer.revision, .whole = answer.total_exact};
}

void count_search(const Asked& asked, const search::Request& request, const HttpResponse& response) {
  if (response.hits) asked.metrics.count_search(*response.hits);
  if (!asked.statistics.enabled() || request.q.empty()) return;
  const bool begins = request.offset == 0 && request.selections.empty() && request.year.empty() &&
                      request.date.empty() && request.sort == search::Sort::relevance && request.no_expand.empty();
  if (begins && asked.request.method != "HEAD") asked.statistics.count(asked.service.concept_named(request.q));
}

std::unexpected<Problem> refuse(const Error& error) {
  return std::unexpected(to_problem(error));
}

HttpResponse typed_response(std::string_view type, std::string body) {
  HttpResponse response;
  response.set("Content-Type", std::string(type));
  response.body = std::move(body);
  return response;
}

std::string public_url(const Asked& asked) {
  if (!asked.settings.public_url.empty()) return asked.settings.public_url;
  return "http://" + std::string(asked.request.header("Host").value_or("localhost"));
}

std::expected<std::string, Problem> decode_segment(std::string_view encoded) {
  auto decoded = percent_decode(encoded, Plus::stays);
  if (decoded && schema::is_valid_utf8(*decoded)) return *std::move(decoded);
  return std::unexpected(Problem{400,
                                 "The address is not percent-encoded UTF-8",
                                 "Encode each name as UTF-8, then percent-encode its bytes",
                                 {}});
}

std::expected<Known, Problem> known_answer(const Asked& asked, Tag tag, const std::string& undated) {
  const auto state = asked.service.state();
  if (!state) return refuse(state.error());
  asked.metrics.see(*state);
  Known known{.revision = state->revision, .day = state->day, .answer = std::nullopt};
  const std::string canonical = undated + state->day;
  if (tag == Tag::revision) {
    const std::string current = entity_tag(state->revision, canonical);
    const auto status = status_of_preconditions(asked.request, {.tag = current});
    if (status == 412) return std::unexpected(precondition_failed());
    if (status == 304) {
      known.answer.emplace();
      known.answer->status = 304;
      known.answer->set("ETag", current);
      add_vary(*known.answer, "Accept-Encoding");
      return known;
    }
  }
  if (const auto kept = asked.cache.find(state->revision, key_of(asked, canonical))) known.answer = *kept;
  return known;
}

HttpResponse keep_answer(const Asked& asked, Tag tag, const std::string& canonical, Made made,
                         const std::string& before) {
  if (made.whole && made.revision.empty()) {
    // A commit that landed meanwhile leaves open of which revision the answer is.
    const auto state = asked.service.state();
    if (state && state->revision == before) made.revision = before;
  }
  const bool certain = made.whole && !made.revision.empty();
  if (certain && tag == Tag::revision) made.response.set("ETag", entity_tag(made.revision, canonical));
  compress(made.response, choose_coding(asked.request.header("Accept-Encoding")));
  if (certain) asked.cache.keep(made.revision, key_of(asked, canonical), made.response);
  return std::move(made.response);
}

}  // namespace carrel::query_server
