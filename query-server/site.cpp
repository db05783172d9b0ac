#include "query-server/site.h"

#include <memory>
#include <utility>

#include "query-server/api.h"
#include "query-server/entity_tag.h"
#include "query-server/form.h"
#include "query-server/page/assets.h"
#include "query-server/page/search_page.h"
#include "query-server/percent.h"
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
    case Route::readyz:
      return true;
    default:
      return false;
  }
}

Reply answer_home(SearchService& service) {
  search::Request everything;
  everything.limit = 1;
  everything.passages = 0;
  const auto library = service.search(everything);
  return page::html_response(page::home_page(library ? &*library : nullptr));
}

Reply answer_search_page(SearchService& service, const HttpRequest& request, const page::Links& links) {
  const auto parameters = parameters_of(request);
  if (!parameters) return std::unexpected(parameters.error());
  const page::PageRequest asked = page::read_page_request(*parameters, request.method != "POST");
  const auto answer = service.search(asked.request);
  if (!answer) return std::unexpected(to_problem(answer.error()));
  return page::html_response(page::results_page(asked, *answer, links));
}

Reply answer_resource_page(SearchService& service, std::string_view rest, const page::Links& links) {
  const auto id = percent_decode(rest, Plus::stays);
  const auto hit = id && schema::is_valid_utf8(*id) ? service.resource(*id)
                                                    : fail(ErrorKind::not_found, "There is no such resource");
  if (!hit) return std::unexpected(to_problem(hit.error()));
  return page::html_response(page::resource_page(*hit, links));
}

Reply answer_stylesheet(const HttpRequest& request) {
  HttpResponse response;
  response.set("Content-Type", "text/css; charset=utf-8");
  // Only the address that names this very content may be kept: another version has another address.
  const bool named = request.target == page::stylesheet_address();
  response.set("Cache-Control", named ? "public, max-age=31536000, immutable" : "no-cache");
  response.body = page::asset("carrel.css");
  return response;
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

/// The part of a path that says nothing about what is asked.
std::string_view route_name(Route route) {
  switch (route) {
    case Route::home:
      return "/";
    case Route::search_page:
      return "/search";
    case Route::resource_page:
      return "/resources/";
    case Route::api_search:
      return "/v1/search";
    case Route::api_suggest:
      return "/v1/suggest";
    case Route::api_resource:
      return "/v1/resources/";
    case Route::documents:
      return "/documents/";
    default:
      return "another route";
  }
}

}  // namespace

Site::Site(SiteOptions options, SearchServiceFactory factory)
    : options_(std::move(options)), workers_(std::move(factory), options_.workers, options_.waiting) {}

void Site::handle(HttpRequest request, Respond respond) {
  const RouteMatch match = match_route(request.path());
  if (match.route == Route::none) return respond(finish(std::unexpected(no_such_page()), request.path()));
  if (!allows(match.allow, request.method)) {
    Problem problem{405,
                    "This address does not know the method of the request",
                    "The methods are " + std::string(match.allow),
                    {{"Allow", std::string(match.allow)}}};
    return respond(finish(std::unexpected(std::move(problem)), request.path()));
  }
  if (request.method == "OPTIONS") {
    HttpResponse response;
    response.status = 204;
    response.set("Allow", std::string(match.allow));
    return respond(finish(std::move(response), request.path()));
  }
  if (!needs_library(match.route)) {
    auto reply = guarded(match.route, [&] { return answer_at_once(match, request); });
    return respond(finish(std::move(reply), request.path()));
  }

  // The answer is due exactly once: from the worker, or from here when no worker takes the task.
  const auto answer_once = std::make_shared<Respond>(std::move(respond));
  const auto asked = std::make_shared<const HttpRequest>(std::move(request));
  SearchWorkers::Task task = [this, asked, answer_once](SearchService& service) {
    const RouteMatch again = match_route(asked->path());
    auto reply = guarded(again.route, [&] { return answer_with(service, again, *asked); });
    (*answer_once)(finish(std::move(reply), asked->path()));
  };
  if (!workers_.offer(task)) {
    Problem busy{503,
                 "Too many people are searching at the moment",
                 "Try again in a few seconds",
                 {{"Retry-After", "2"}}};
    (*answer_once)(finish(std::unexpected(std::move(busy)), asked->path()));
  }
}

HttpResponse Site::refuse(const Problem& problem, std::string_view path) {
  return finish(std::unexpected(problem), path.empty() ? "/v1/" : path);
}

template <typename Answer>
std::expected<HttpResponse, Problem> Site::guarded(Route route, Answer answer) const {
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

std::expected<HttpResponse, Problem> Site::answer_at_once(const RouteMatch& match,
                                                          const HttpRequest& request) const {
  switch (match.route) {
    case Route::healthz:
      return json_response("{\"status\":\"ok\"}\n");
    case Route::version:
      return json_response("{\"name\":\"carrel-server\",\"version\":\"" CARREL_VERSION "\"}\n");
    case Route::stylesheet:
      return answer_stylesheet(request);
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

std::expected<HttpResponse, Problem> Site::answer_with(SearchService& service, const RouteMatch& match,
                                                       const HttpRequest& request) const {
  page::Served served;
  if (options_.documents) {
    served = [&documents = *options_.documents](std::string_view path) { return documents.has(path); };
  }
  const page::Links links(std::move(served));
  switch (match.route) {
    case Route::home:
      return answer_home(service);
    case Route::search_page:
      return answer_search_page(service, request, links);
    case Route::resource_page:
      return answer_resource_page(service, match.rest, links);
    case Route::api_search:
      return answer_search(service, request);
    case Route::api_suggest:
      return answer_suggest(service, request);
    case Route::api_resource:
      return answer_resource(service, request, match.rest);
    case Route::readyz:
      return answer_ready(service);
    default:
      return std::unexpected(no_such_page());
  }
}

HttpResponse Site::finish(std::expected<HttpResponse, Problem> reply, std::string_view path) const {
  HttpResponse response = reply                   ? *std::move(reply)
                          : is_for_programs(path) ? to_response(reply.error())
                                                  : page::problem_page(reply.error());
  add_security_headers(response);
  return response;
}

}  // namespace carrel::query_server
