// The results API of search.gov (version 2, "i14y"), so that a site can change from it by changing a host
// name: the same parameters, the same names in the answer, marks as U+E000 and U+E001.
// Source: open.gsa.gov/api/searchgov-results.
#include <algorithm>
#include <charconv>
#include <map>

#include <boost/json.hpp>

#include "query-server/api/routes.h"
#include "query-server/form.h"
#include "query-server/parameters.h"
#include "query-server/percent.h"
#include "search/json.h"
#include "search/schema/utf8.h"

namespace carrel::query_server {
namespace {

constexpr std::size_t kMostHitsThere = 50;
constexpr std::size_t kDeepestThere = 999;

/// Their names of what we have as facets; a list is comma-separated.
const std::map<std::string_view, schema::FieldId>& facet_names() {
  static const std::map<std::string_view, schema::FieldId> names = {
      {"audience", schema::FieldId::audience}, {"content_type", schema::FieldId::type},
      {"mime_type", schema::FieldId::format},  {"filetype", schema::FieldId::format},
      {"tags", schema::FieldId::topic},        {"searchgov_custom1", schema::FieldId::series},
      {"searchgov_custom2", schema::FieldId::jurisdiction}, {"searchgov_custom3", schema::FieldId::publisher},
  };
  return names;
}

/// "application/pdf" is our "pdf".
std::string format_of(std::string_view mime) {
  if (mime == "application/pdf") return "pdf";
  if (mime == "text/html") return "html";
  if (mime == "text/vtt") return "transcript";
  return std::string(mime.substr(mime.rfind('/') + 1));
}

struct Wish {
  search::Request request;
  std::string query;  ///< as given, for the answer
  bool marks = true;
  bool facets = false;
  std::string since, until;  ///< created_since, created_until
};

std::unexpected<Problem> wrong(std::string detail, std::string hint) {
  return std::unexpected(Problem{400, std::move(detail), std::move(hint), {}});
}

std::string quoted_words(std::string_view text) {
  std::string clean(text);
  std::erase(clean, '"');
  return '"' + clean + '"';
}

/// The words of a list, each behind `before`, joined by `between`.
std::string each_word(std::string_view text, std::string_view before, std::string_view between) {
  std::string out;
  while (!text.empty()) {
    const auto begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) break;
    const auto end = std::min(text.find(' ', begin), text.size());
    out.append(out.empty() ? "" : between).append(before).append(text.substr(begin, end - begin));
    text.remove_prefix(end);
  }
  return out;
}

bool read_number(const std::string& text, std::size_t most, std::size_t& out) {
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, out);
  return read.ec == std::errc() && read.ptr == end && out <= most;
}

std::expected<Wish, Problem> read_wish(const Parameters& parameters) {
  Wish wish;
  std::string more;
  const auto add = [&](const std::string& words) { more.append(more.empty() ? "" : " ").append(words); };
  for (const auto& [name, value, exact] : parameters) {
    if (value.empty()) continue;
    if (name == "query") {
      wish.query = value;
    } else if (name == "query_quote") {
      add(quoted_words(value));
    } else if (name == "query_or") {
      add("(" + each_word(value, "", " OR ") + ")");
    } else if (name == "query_not") {
      add(each_word(value, "-", " "));
    } else if (name == "sitelimit") {
      add("site:" + value);
    } else if (name == "limit") {
      if (!read_number(value, kMostHitsThere, wish.request.limit) || wish.request.limit == 0) {
        return wrong("The limit is not a number from 1 to 50", "Leave it out for 20");
      }
    } else if (name == "offset") {
      if (!read_number(value, kDeepestThere, wish.request.offset)) {
        return wrong("The offset is not a number from 0 to 999", "Leave it out for the first results");
      }
    } else if (name == "sort_by") {
      if (value == "date") wish.request.sort = search::Sort::date_descending;
    } else if (name == "enable_highlighting") {
      wish.marks = value != "false";
    } else if (name == "include_facets") {
      wish.facets = value == "true";
    } else if (name == "created_since") {
      wish.since = value;
    } else if (name == "created_until") {
      wish.until = value;
    } else if (const auto facet = facet_names().find(name); facet != facet_names().end()) {
      std::vector<std::string> values = split_values(value);
      if (facet->second == schema::FieldId::format) std::ranges::transform(values, values.begin(), format_of);
      wish.request.selections.push_back({facet->second, std::move(values)});
    }
    // Keys and settings of theirs (affiliate, access_key, …) have no meaning here and are left alone.
  }
  if (!wish.since.empty() || !wish.until.empty()) wish.request.date = wish.since + ".." + wish.until;
  wish.request.q = wish.query + (wish.query.empty() || more.empty() ? "" : " ") + more;
  if (wish.request.q.empty()) return wrong("There is no query", "Give the words to search for as query=");
  wish.request.passages = 1;
  if (!wish.facets) wish.request.facets.emplace();
  return wish;
}

/// The text of a passage with marks around what matched.
std::string marked(const search::Passage& passage, bool marks) {
  if (!marks || passage.marks.empty()) return passage.text;
  static constexpr std::string_view kBegin = "\xEE\x80\x80";  // U+E000
  static constexpr std::string_view kEnd = "\xEE\x80\x81";    // U+E001
  std::string out;
  std::size_t point = 0;
  std::size_t mark = 0;
  for (std::size_t at = 0; at <= passage.text.size(); ++at) {
    const bool begins_point = at == passage.text.size() || (static_cast<unsigned char>(passage.text[at]) & 0xc0) != 0x80;
    if (begins_point) {
      if (mark < passage.marks.size() && passage.marks[mark].second == point) {
        out += kEnd;
        ++mark;
      }
      if (mark < passage.marks.size() && passage.marks[mark].first == point) out += kBegin;
      ++point;
    }
    if (at < passage.text.size()) out += passage.text[at];
  }
  return out;
}

boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

boost::json::object result_of(const search::Hit& hit, const Wish& wish) {
  const search::Resource& resource = hit.resource;
  boost::json::object out;
  out["title"] = resource.title;
  out["url"] = hit.passages.empty() || hit.passages.front().url.empty() ? resource.url : hit.passages.front().url;
  out["snippet"] = hit.passages.empty() ? resource.description : marked(hit.passages.front(), wish.marks);
  out["publication_date"] = text_or_null(resource.date);
  out["thumbnail_url"] = nullptr;
  if (!wish.facets) return out;
  const auto list = [](const std::vector<std::string>& values) {
    return boost::json::array(values.begin(), values.end());
  };
  out["audience"] = list(resource.audience);
  out["content_type"] = text_or_null(resource.type);
  out["mime_type"] = text_or_null(resource.format);
  out["tags"] = list(resource.topic);
  out["changed"] = text_or_null(resource.modified);
  out["created"] = text_or_null(resource.date);
  out["searchgov_custom1"] = text_or_null(resource.series);
  out["searchgov_custom2"] = list(resource.jurisdiction);
  out["searchgov_custom3"] = text_or_null(resource.publisher);
  return out;
}

boost::json::array aggregations(const search::Answer& answer) {
  boost::json::array out;
  for (const search::Facet& facet : answer.facets) {
    const auto theirs = std::ranges::find_if(
        facet_names(), [&](const auto& one) { return one.second == facet.field && one.first != "filetype"; });
    if (theirs == facet_names().end()) continue;
    boost::json::array values;
    for (const search::FacetValue& value : facet.values) {
      values.push_back({{"agg_key", value.value}, {"doc_count", value.count}});
    }
    out.push_back(boost::json::object{{theirs->first, std::move(values)}});
  }
  return out;
}

std::string to_i14y(const search::Answer& answer, const Wish& wish) {
  boost::json::array results;
  for (const search::Hit& hit : answer.hits) results.push_back(result_of(hit, wish));
  boost::json::object web;
  web["total"] = answer.total;
  web["next_offset"] = answer.next_offset ? boost::json::value(*answer.next_offset) : boost::json::value(nullptr);
  web["spelling_correction"] =
      answer.spelling ? boost::json::value(answer.spelling->corrected) : boost::json::value(nullptr);
  web["results"] = std::move(results);
  if (wish.facets) web["aggregations"] = aggregations(answer);
  boost::json::object out;
  out["query"] = wish.query;
  out["web"] = std::move(web);
  boost::json::array bets;
  for (const search::BestBet& bet : answer.best_bets) {
    bets.push_back({{"id", bet.id}, {"title", bet.title}, {"url", bet.url}, {"description", bet.description}});
  }
  out["text_best_bets"] = std::move(bets);
  out["help"] = boost::json::parse(search::help_to_json(answer.help));
  for (const char* name : {"graphic_best_bets", "health_topics", "job_openings",
                           "federal_register_documents", "related_search_terms"}) {
    out[name] = boost::json::array();
  }
  return boost::json::serialize(out);
}

/// Their errors: {"errors": ["…"]}, with help beside them.
HttpResponse their_error(const Asked& asked, const Problem& problem) {
  boost::json::object out;
  out["errors"] = boost::json::array{problem.detail};
  if (const auto cards = asked.help.cards_for(asked.request); !cards.empty()) {
    out["help"] = boost::json::parse(search::help_to_json(cards));
  }
  HttpResponse response = typed_response("application/json", boost::json::serialize(out));
  response.status = problem.status;
  return response;
}

}  // namespace

Reply answer_i14y(const Asked& asked) {
  const auto parameters = parameters_of(asked.request);
  if (!parameters) return their_error(asked, parameters.error());
  const auto wish = read_wish(*parameters);
  if (!wish) return their_error(asked, wish.error());
  const std::string canonical = "i14y?" + to_form(wish->request) + "\n" + percent_encode(wish->query) +
                                (wish->marks ? " marks" : "") + (wish->facets ? " facets" : "");
  auto reply = answer_once(asked, Tag::revision, canonical, [&]() -> std::expected<Made, Problem> {
    const auto answer = asked.service.search(wish->request);
    if (!answer) return refuse(answer.error());
    return made_of(*answer, typed_response("application/json", to_i14y(*answer, *wish)));
  });
  if (reply) count_search(asked, wish->request, *reply);
  if (!reply && reply.error().status == 400) return their_error(asked, reply.error());
  return reply;
}

}  // namespace carrel::query_server
