// Answers from a carrel-server.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "search/cli/answer_reader.h"
#include "search/cli/answer_source.h"
#include "search/cli/http_client.h"
#include "search/cli/raw_options.h"
#include "search/json_writer.h"

namespace carrel::search::cli {
namespace {

/// What the API allows: hits at once, and how far one may page.
constexpr std::size_t kMostAtOnce = 50;
constexpr std::uint64_t kReach = 1050;
constexpr std::size_t kMostPassages = 10;
constexpr std::size_t kMostConcordances = 10;
constexpr std::size_t kMostContext = 200;
/// Every value of a facet, of which there are fewer.
constexpr std::size_t kMostValues = 1000;

/// Which route a request is for: each has parameters of its own beside those of all.
enum class Body { search, facet, concordance };

bool is_range(const std::string& year) {
  return year.find("..") != std::string::npos;
}

/// A request as the body of a POST.
Result<std::string> body_of(const Request& request, Body body, std::size_t context = 0) {
  const Request defaults;
  JsonWriter json;
  Result<void> fits;
  json.object([&] {
    if (!request.q.empty()) json.member("q", request.q);
    for (const Selection& selection : request.selections) {
      const bool ranges =
          selection.field == schema::FieldId::year && std::ranges::any_of(selection.values, is_range);
      if (ranges && selection.values.size() > 1) {
        fits = fail(ErrorKind::usage, "a server takes one range of years",
                    "give the others as year:2001..2003 in the query");
      } else if (ranges) {
        json.member("year", selection.values.front());
      } else {
        json.member(schema::field(selection.field).name, selection.values);
      }
    }
    if (!request.date.empty()) json.member("date", request.date);
    if (request.sort != defaults.sort) json.member("sort", sort_name(request.sort));
    json.member("limit", body == Body::facet ? kMostValues : request.limit);
    if (body != Body::facet) json.member("offset", request.offset);
    if (body == Body::search) json.member("passages", request.passages);
    if (body == Body::concordance) json.member("context", context);
    if (request.facets && body == Body::search) {
      std::string names;
      for (const schema::FieldId field : *request.facets) {
        names.append(names.empty() ? "" : ",").append(schema::field(field).name);
      }
      json.member("facets", names.empty() ? std::string("none") : names);
    }
    if (request.mode == Mode::strict) json.member("mode", std::string("strict"));
    if (request.explain) json.member("explain", std::string("1"));
    if (!request.join_versions) json.member("versions", std::string("all"));
    if (!request.correct) json.member("correct", std::string("0"));
    if (!request.expand) json.member("expand", std::string("0"));
    if (!request.no_expand.empty()) json.member("no_expand", request.no_expand);
  });
  if (!fits) return std::unexpected(fits.error());
  return json.take();
}

class ServerSource : public AnswerSource {
 public:
  explicit ServerSource(const std::string& address) : client_(address) {}

  Result<std::string> search_json(const Request& request) override {
    if (request.limit > kMostAtOnce) {
      return fail(ErrorKind::usage, fmt::format("a server gives at most {} results at once", kMostAtOnce),
                  "ask for the rest with --offset, or write them as jsonl");
    }
    const auto body = body_of(request, Body::search);
    if (!body) return std::unexpected(body.error());
    return client_.post_json("/v1/search", *body);
  }

  Result<Answer> stream(const Request& request, const HitVisitor& visit) override {
    Request page = request;
    Answer first;
    for (std::uint64_t given = 0;; given += page.limit) {
      page.offset = request.offset + given;
      page.limit = std::min<std::uint64_t>(request.limit - given, kMostAtOnce);
      page.passages = std::min(request.passages, kMostPassages);
      auto answer = read_of(search_json(page), read_answer);
      if (!answer) return answer;
      if (given == 0) {
        first = *answer;
        first.hits.clear();
        first.limit = request.limit;
        if (auto within = check_reach(request, first); !within) return std::unexpected(within.error());
        page.facets.emplace();  // counted once
      } else if (auto same = check_revision(first, *answer); !same) {
        return std::unexpected(same.error());
      }
      for (Hit& hit : answer->hits) {
        if (!visit(std::move(hit))) return first;
      }
      first.next_offset = answer->next_offset;
      if (answer->hits.empty() || !answer->next_offset || given + page.limit >= request.limit) return first;
    }
  }

  Result<Answer> concordance(const Request& request, std::size_t context,
                             const OccurrenceVisitor& visit) override {
    if (context > kMostContext) {
      return fail(ErrorKind::usage,
                  fmt::format("a server gives at most {} characters on either side", kMostContext),
                  "ask for fewer with --context, or search the index itself with --index");
    }
    Request page = request;
    Answer first;
    for (std::uint64_t given = 0;; given += page.limit) {
      page.offset = request.offset + given;
      page.limit = std::min<std::uint64_t>(request.limit - given, kMostConcordances);
      const auto body = body_of(page, Body::concordance, context);
      if (!body) return std::unexpected(body.error());
      auto read = read_of(client_.post_json("/v1/concordance", *body), read_concordance);
      if (!read) return std::unexpected(read.error());
      if (given == 0) {
        first = read->answer;
        if (auto within = check_reach(request, first); !within) return std::unexpected(within.error());
      } else if (auto same = check_revision(first, read->answer); !same) {
        return std::unexpected(same.error());
      }
      for (const ResourceOccurrences& of : read->resources) {
        for (const Occurrence& one : of.occurrences) {
          if (!visit(of.resource, one)) return first;
        }
      }
      if (!read->answer.next_offset || given + page.limit >= request.limit) return first;
    }
  }

  Result<Facet> facet(Request request, schema::FieldId field) override {
    const auto body = body_of(request, Body::facet);
    if (!body) return std::unexpected(body.error());
    return read_of(client_.post_json("/v1/facets/" + std::string(schema::field(field).name), *body),
                   read_facet);
  }

  Result<Hit> resource(const std::string& id) override { return read_of(resource_json(id), read_hit); }
  Result<std::string> resource_json(const std::string& id) override { return client_.get(path_of(id)); }
  Result<PageText> page(const std::string& id, std::uint32_t number) override {
    return read_of(page_json(id, number), read_page);
  }
  Result<std::string> page_json(const std::string& id, std::uint32_t number) override {
    return client_.get(fmt::format("{}/pages/{}", path_of(id), number));
  }
  Result<std::vector<Hit>> similar(const std::string& id, std::size_t limit) override {
    return read_of(similar_json(id, limit), read_similar);
  }
  Result<std::string> similar_json(const std::string& id, std::size_t limit) override {
    return client_.get(fmt::format("{}/similar?limit={}", path_of(id), limit));
  }
  std::uint64_t reach() const override { return kReach; }

 private:
  static std::string path_of(const std::string& id) {
    return "/v1/resources/" + HttpClient::percent_encoded(id);
  }

  static Result<void> check_reach(const Request& request, const Answer& answer) {
    const std::uint64_t end = std::min<std::uint64_t>(request.limit, answer.total) + request.offset;
    if (std::min<std::uint64_t>(end, answer.total) <= kReach) return {};
    return fail(ErrorKind::usage,
                fmt::format("a server gives the first {} results of a search, and this one has {}", kReach,
                            answer.total),
                "narrow it, as by --year, or search the index itself with --index");
  }

  static Result<void> check_revision(const Answer& first, const Answer& next) {
    if (first.revision == next.revision) return {};
    return fail(ErrorKind::interrupted, "the library was changed while its hits were being read",
                "what came until then is right but not all; ask again");
  }

  template <typename Told>
  static Result<Told> read_of(const Result<std::string>& text, Result<Told> (*read)(std::string_view)) {
    if (!text) return std::unexpected(text.error());
    return read(*text);
  }

  HttpClient client_;
};

}  // namespace

Result<std::unique_ptr<AnswerSource>> open_server(const std::string& address) {
  return std::make_unique<ServerSource>(address);
}

}  // namespace carrel::search::cli
