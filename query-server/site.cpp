#include "query-server/site.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "query-server/api/routes.h"
#include "query-server/content_coding.h"
#include "query-server/cross_origin.h"
#include "query-server/entity_tag.h"
#include "query-server/form.h"
#include "query-server/page/assets.h"
#include "query-server/page/frame.h"
#include "query-server/page/interface_language.h"
#include "query-server/page/resource_page.h"
#include "query-server/page/search_page.h"
#include "query-server/parameters.h"
#include "query-server/percent.h"
#include "query-server/preconditions.h"
#include "query-server/security_headers.h"
#include "search/schema/text.h"
#include "search/schema/utf8.h"

namespace carrel::query_server {
namespace {

bool needs_library(Route route) {
  switch (route) {
    case Route::home:
    case Route::search_page:
    case Route::resource_page:
    case Route::api_search:
    case Route::api_suggest:
    case Route::api_resource:
    case Route::api_facet:
    case Route::api_concordance:
    case Route::api_i14y:
    case Route::open_search:
    case Route::feed:
    case Route::readyz:
      return true;
    default:
      return false;
  }
}

/// The language of the page: that of the switch, else what the browser asks for.
page::InterfaceLanguage language_of(const HttpRequest& request, const Parameters& parameters) {
  const std::string_view pressed = value_of(parameters, "ui_chosen");
  return page::choose_language(pressed.empty() ? value_of(parameters, "ui") : pressed,
                               request.header("Accept-Language").value_or(""));
}

/// What of the page depends on its language.
std::string key_of(const page::InterfaceLanguage& language) {
  return language.tag + (language.chosen ? "!" : "");
}

HttpResponse to_page(const HttpRequest& request, const Problem& problem) {
  return page::problem_page(language_of(request, parameters_of(request).value_or(Parameters())), problem);
}

Reply answer_home(const Asked& asked) {
  const auto parameters = parameters_of(asked.request);
  const auto language = language_of(asked.request, parameters.value_or(Parameters()));
  const auto home = [&](const search::Answer* library) {
    return page::html_response(page::home_page(language, library));
  };
  search::Request everything;
  everything.limit = 1;
  everything.passages = 0;
  everything.ui = language.tag;
  Reply reply = answer_once(asked, Tag::none, "home " + key_of(language), [&]() -> std::expected<Made, Problem> {
    const auto library = asked.service.search(everything);
    if (!library) return refuse(library.error());
    return Made{home(&*library), library->revision};
  });
  if (!reply) return home(nullptr);
  return reply;
}

/// True when there is more than a wish for a language: something that is searched.
bool asks_something(const Parameters& parameters) {
  return !std::ranges::all_of(
      parameters, [](const Parameter& given) { return given.name == "ui" || given.name == "ui_chosen"; });
}

/// A form of a site may point at the server's plain address; whatever else is posted there gets the start page.
bool is_posted_search(const HttpRequest& request) {
  if (request.method != "POST") return false;
  const auto parameters = parameters_of(request);
  return parameters && asks_something(*parameters);
}

Reply answer_search_page(const Asked& asked, const page::Links& links) {
  const auto parameters = parameters_of(asked.request);
  if (!parameters) return std::unexpected(parameters.error());
  const auto language = language_of(asked.request, *parameters);
  const bool by_address = asked.request.method != "POST";
  // An address without a search is one that was posted to, opened anew: nothing tells what was searched.
  if (by_address && !asks_something(*parameters)) return answer_home(asked);
  page::PageRequest wanted = page::read_page_request(*parameters, by_address);
  wanted.request.ui = language.tag;
  std::string canonical = std::string(wanted.by_address ? "page?" : "posted page?") + to_form(wanted.request) +
                          "\n" + key_of(language);
  for (const Error& fault : wanted.faults) canonical.append("\n").append(fault.message);
  Reply reply = answer_once(asked, Tag::none, canonical, [&]() -> std::expected<Made, Problem> {
    const auto answer = asked.service.search(wanted.request);
    if (!answer) return refuse(answer.error());
    return made_of(*answer, page::html_response(page::results_page(language, wanted, *answer, links)));
  });
  if (reply) count_search(asked, wanted.request, *reply);
  return reply;
}

/// Where words are inside a resource: a search among this one alone.
Result<std::vector<search::Passage>> find_inside(SearchService& service, const std::string& id, const std::string& q) {
  search::Request request;
  request.q = q;
  request.selections = {{schema::FieldId::id, {id}}};
  request.limit = 1;
  request.passages = kMostPassages;
  request.facets.emplace();
  request.join_versions = false;
  request.correct = false;
  auto answer = service.search(request);
  if (!answer) return std::unexpected(answer.error());
  return answer->hits.empty() ? std::vector<search::Passage>() : std::move(answer->hits.front().passages);
}

Reply answer_resource_page(const Asked& asked, std::string_view rest, const page::Links& links) {
  constexpr std::size_t kSimilar = 5;
  const auto parameters = parameters_of(asked.request);
  if (!parameters) return std::unexpected(parameters.error());
  const auto id = percent_decode(rest, Plus::stays);
  auto hit = id && schema::is_valid_utf8(*id) ? asked.service.resource(*id)
                                              : fail(ErrorKind::not_found, "There is no such resource");
  if (!hit) return std::unexpected(to_problem(hit.error()));
  const auto language = language_of(asked.request, *parameters);
  page::ShownResource shown{.hit = *std::move(hit), .q = std::string(value_of(*parameters, "q"))};
  shown.in_address = asked.request.method != "POST" && !shown.q.empty();
  if (!shown.q.empty()) {
    auto inside = find_inside(asked.service, *id, shown.q);
    if (!inside) return std::unexpected(to_problem(inside.error()));
    shown.passages = *std::move(inside);
  }
  shown.help = asked.help.cards(shown.q, language.tag);
  // A page without what is similar is better than none.
  if (auto similar = asked.service.similar(*id, kSimilar)) shown.similar = *std::move(similar);
  return page::html_response(page::resource_page(language, shown, links));
}

/// A file of the page. Only the address that names this very content may be kept: another version has another
/// address.
Reply answer_asset(const HttpRequest& request, std::string_view type, std::string_view name,
                   const std::string& address) {
  HttpResponse response;
  response.set("Content-Type", std::string(type));
  const bool named = request.target == address;
  response.set("Cache-Control", named ? "public, max-age=31536000, immutable" : "no-cache");
  response.body = page::asset(name);
  response.set("ETag", "W/\"" + content_hash(response.body) + "\"");
  const auto condition = status_of_preconditions(request, {.tag = response.get("ETag")});
  if (condition == 412) return std::unexpected(precondition_failed());
  if (condition == 304) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

/// The search box, which other sites take from here: by its plain address too, kept for an hour, and by pages
/// that check what they get (integrity needs CORS).
Reply answer_box_script(const HttpRequest& request) {
  Reply reply = answer_asset(request, "text/javascript; charset=utf-8", "carrel-search.js", page::box_script_address());
  if (!reply) return reply;
  if (request.target != page::box_script_address()) reply->set("Cache-Control", "public, max-age=3600");
  reply->set("Access-Control-Allow-Origin", "*");
  return reply;
}

Reply answer_icon() {
  HttpResponse response;
  response.set("Content-Type", "image/svg+xml");
  response.set("Cache-Control", "public, max-age=86400");
  response.body = page::asset("icon.svg");
  return response;
}

Problem no_such_page() {
  return {404, "There is nothing at this address", "Begin at the search page", {}};
}

}  // namespace

Site::Site(SiteOptions options, SearchServiceFactory factory)
    : options_(std::move(options)),
      cache_(options_.cache_bytes),
      settings_(std::make_shared<const SiteSettings>(options_.settings)),
      workers_(
          [this, factory = std::move(factory)] {
            auto service = factory();
            help_.learn(service->rules());
            // So that the metrics know the index before anybody has searched.
            if (const auto state = service->state()) metrics_.see(*state);
            return service;
          },
          options_.workers, options_.waiting) {}

void Site::configure(SiteSettings settings) {
  auto fresh = std::make_shared<const SiteSettings>(std::move(settings));
  const std::lock_guard lock(mutex_);
  settings_ = std::move(fresh);
}

std::shared_ptr<const SiteSettings> Site::settings() const {
  const std::lock_guard lock(mutex_);
  return settings_;
}

Gauges Site::gauges() const {
  const AnswerCache::Counts cached = cache_.counts();
  return {.connections = connections_ ? connections_() : 0,
          .waiting_searches = workers_.waiting(),
          .cached_bytes = cached.bytes,
          .cache_hits = cached.hits,
          .cache_misses = cached.misses};
}

void Site::handle(HttpRequest request, Respond respond) {
  const RouteMatch match = match_route(request.path());
  const auto settings = this->settings();
  const auto reply_now = [&](Reply reply) { respond(finish(std::move(reply), match, request, *settings)); };
  if (match.route == Route::none) return reply_now(std::unexpected(no_such_page()));
  if (!allows(match.allow, request.method)) {
    return reply_now(std::unexpected(Problem{405,
                                             "This address does not know the method of the request",
                                             "The methods are " + std::string(match.allow),
                                             {{"Allow", std::string(match.allow)}}}));
  }
  if (request.method == "OPTIONS") {
    HttpResponse response;
    response.status = 204;
    response.set("Allow", std::string(match.allow));
    if (is_for_programs(request.path())) {
      allow_preflight(response, request, match.allow, settings->allowed_origins);
    }
    return reply_now(std::move(response));
  }
  if (!needs_library(match.route)) {
    return reply_now(guarded(match.route, [&] { return answer_at_once(match, request); }));
  }

  // The answer is due exactly once: from the worker, or from here when no worker takes the task.
  const auto answer_once = std::make_shared<Respond>(std::move(respond));
  const auto asked = std::make_shared<const HttpRequest>(std::move(request));
  SearchWorkers::Task task = [this, asked, answer_once, settings](SearchService& service) {
    const RouteMatch again = match_route(asked->path());
    auto reply = guarded(again.route, [&] { return answer_with(service, again, *asked, *settings); });
    help_.learn(service.rules());
    (*answer_once)(finish(std::move(reply), again, *asked, *settings));
  };
  if (!workers_.offer(task)) {
    metrics_.count_refused_search();
    Problem busy{503,
                 "Too many people are searching at the moment",
                 "Try again in a few seconds",
                 {{"Retry-After", "2"}}};
    (*answer_once)(finish(std::unexpected(std::move(busy)), match_route(asked->path()), *asked, *settings));
  }
}

HttpResponse Site::refuse(const Problem& refused, std::string_view path) {
  Problem problem = refused;
  if (!path.empty() && brings_help(path)) problem.help = help_.cards("", "en");
  HttpResponse response =
      path.empty() || is_for_programs(path) ? to_response(problem) : page::problem_page({}, problem);
  add_security_headers(response);
  return response;
}

template <typename Answer>
Reply Site::guarded(Route route, Answer answer) const {
  try {
    return answer();
  } catch (...) {
    // Only the route is told: the text of an exception may hold the query.
    if (options_.on_failure) options_.on_failure(route_name(route));
    return std::unexpected(Problem{500,
                                   "The server made a mistake while answering",
                                   "Try another search, or tell those who run this site",
                                   {}});
  }
}

Reply Site::answer_at_once(const RouteMatch& match, const HttpRequest& request) const {
  switch (match.route) {
    case Route::healthz:
      return typed_response("application/json", "{\"status\":\"ok\"}\n");
    case Route::version:
      return typed_response("application/json",
                            "{\"name\":\"carrel-server\",\"version\":\"" CARREL_VERSION "\"}\n");
    case Route::metrics:
      if (options_.metrics_here) return metrics_response(metrics_.text(gauges()));
      break;
    case Route::api_openapi:
      return answer_openapi();
    case Route::stylesheet:
      return answer_asset(request, "text/css; charset=utf-8", "carrel.css", page::stylesheet_address());
    case Route::box_script:
      return answer_box_script(request);
    case Route::page_script:
      return answer_asset(request, "text/javascript; charset=utf-8", "carrel-page.js", page::page_script_address());
    case Route::icon:
      return answer_icon();
    case Route::documents:
      if (options_.documents) return options_.documents->serve(request, match.rest);
      break;
    default:
      break;
  }
  return std::unexpected(no_such_page());
}

Reply Site::answer_with(SearchService& service, const RouteMatch& match, const HttpRequest& request,
                        const SiteSettings& settings) {
  page::Served served;
  if (options_.documents) {
    served = [&documents = *options_.documents](std::string_view path) { return documents.has(path); };
  }
  const page::Links links(std::move(served));
  const Asked asked{service, request, cache_, metrics_, options_.statistics ? *options_.statistics : no_statistics_,
                    settings, help_};
  switch (match.route) {
    case Route::home:
      return is_posted_search(request) ? answer_search_page(asked, links) : answer_home(asked);
    case Route::search_page:
      return answer_search_page(asked, links);
    case Route::resource_page:
      return answer_resource_page(asked, match.rest, links);
    case Route::api_search:
      return answer_search(asked);
    case Route::api_suggest:
      return answer_suggest(asked);
    case Route::api_resource:
      return answer_resource(asked, match.rest);
    case Route::api_facet:
      return answer_facet(asked, match.rest);
    case Route::api_concordance:
      return answer_concordance(asked);
    case Route::api_i14y:
      return answer_i14y(asked);
    case Route::open_search:
      return answer_open_search(asked);
    case Route::feed:
      return answer_feed(asked);
    case Route::readyz:
      return answer_ready(asked);
    default:
      return std::unexpected(no_such_page());
  }
}

HttpResponse Site::finish(Reply reply, const RouteMatch& match, const HttpRequest& request,
                          const SiteSettings& settings) const {
  const bool for_programs = is_for_programs(request.path());
  if (!reply) reply.error().help = help_.cards_for(request);
  HttpResponse response = reply          ? *std::move(reply)
                          : for_programs ? to_response(reply.error())
                                         : to_page(request, reply.error());
  response.route = route_name(match.route);
  compress(response, choose_coding(request.header("Accept-Encoding")));
  if (for_programs && request.method != "OPTIONS") allow_origin(response, request, settings.allowed_origins);
  add_security_headers(response);
  return response;
}

}  // namespace carrel::query_server
