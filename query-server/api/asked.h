// One request as the routes for programs and the page see it, and the ways to answer it that they share.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query-server/answer_cache.h"
#include "query-server/concept_statistics.h"
#include "query-server/help_desk.h"
#include "query-server/http_message.h"
#include "query-server/metrics.h"
#include "query-server/problem.h"
#include "query-server/search_service.h"
#include "search/schema/result.h"

namespace carrel::query_server {

using Reply = std::expected<HttpResponse, Problem>;

/// What can change while the server runs.
struct SiteSettings {
  std::vector<std::string> allowed_origins;
  std::string public_url;  ///< without a slash at its end; empty: made of the Host field
};

/// A request on a search worker, with what answers it. Lives as long as the call.
struct Asked {
  SearchService& service;
  const HttpRequest& request;
  AnswerCache& cache;
  Metrics& metrics;
  ConceptStatistics& statistics;
  const SiteSettings& settings;
  const HelpDesk& help;
};

/// Whether an answer carries the tag of its revision and request, and is 304 when the client has it.
enum class Tag { none, revision };

/// An answer, and the revision that it was made of when the library says so.
struct Made {
  HttpResponse response;
  std::string revision = {};
  bool whole = true;  ///< false: time ran out, so the same question may get another answer
};

/// A response that tells an answer of the library.
Made made_of(const search::Answer& answer, HttpResponse response);

/// Answers what was asked as `canonical` (equal for requests that ask the same): from memory, or by `make`
/// (→ std::expected<Made, Problem>), whose answer is compressed and kept. Only for answers that depend on
/// nothing but the index and `canonical`.
template <typename Make>
Reply answer_once(const Asked& asked, Tag tag, const std::string& canonical, Make make);

/// Counts a search that was answered, with the hits that `response` says, and the concept that it names when the
/// operator wants such counts. To be called once for each. The concept counts for searches for it alone, from their
/// beginning: further pages, filters and other orders are the same person again.
void count_search(const Asked& asked, const search::Request& request, const HttpResponse& response);

/// The problem of an expected failure.
std::unexpected<Problem> refuse(const Error& error);

/// A body with its media type.
HttpResponse typed_response(std::string_view type, std::string body);

/// "https://example.org": where visitors reach this server.
std::string public_url(const Asked& asked);

/// The part of a path between slashes, decoded. Problem (400): not percent-encoded UTF-8.
std::expected<std::string, Problem> decode_segment(std::string_view encoded);

// Implementation of answer_once.

/// What is known before anything is made: the revision that answers, and maybe the answer.
struct Known {
  std::string revision;
  std::string day;                     ///< LibraryState::day
  std::optional<HttpResponse> answer;  ///< 304 or from memory
};
std::expected<Known, Problem> known_answer(const Asked& asked, Tag tag, const std::string& canonical);

/// Tags, compresses and keeps a new answer; `before` is the revision that answered before it was made.
HttpResponse keep_answer(const Asked& asked, Tag tag, const std::string& canonical, Made made,
                         const std::string& before);

template <typename Make>
Reply answer_once(const Asked& asked, Tag tag, const std::string& canonical, Make make) {
  auto known = known_answer(asked, tag, canonical);
  if (!known) return std::unexpected(known.error());
  if (known->answer) return *std::move(known->answer);
  std::expected<Made, Problem> made = make();
  if (!made) return std::unexpected(made.error());
  return keep_answer(asked, tag, canonical + known->day, *std::move(made), known->revision);
}

}  // namespace carrel::query_server
