// Everything behind the HTTP server: routes requests to the page, the API, the documents.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "query-server/documents.h"
#include "query-server/request_handler.h"
#include "query-server/router.h"
#include "query-server/search_service.h"
#include "query-server/search_workers.h"

namespace carrel::query_server {

struct SiteOptions {
  std::size_t workers = 2;             ///< threads that search
  std::size_t waiting = 64;            ///< searches that may wait for one of them; more are answered 503
  std::optional<Documents> documents;  ///< served under /documents/ when given
  /// Is told the route of a request that failed inside the server, and nothing of what was asked. Any thread.
  std::function<void(std::string_view route)> on_failure = nullptr;
};

/// Routes that need the library run on the search workers, the others at once on the I/O thread.
class Site : public RequestHandler {
 public:
  /// `factory` makes one service for each worker.
  Site(SiteOptions options, SearchServiceFactory factory);

  void handle(HttpRequest request, Respond respond) override;
  HttpResponse refuse(const Problem& problem, std::string_view path) override;

  /// Finishes the searches that wait; to be called before what takes their answers goes away.
  void stop() { workers_.stop(); }

 private:
  std::expected<HttpResponse, Problem> answer_at_once(const RouteMatch& match,
                                                      const HttpRequest& request) const;
  std::expected<HttpResponse, Problem> answer_with(SearchService& service, const RouteMatch& match,
                                                   const HttpRequest& request) const;
  /// The result of `answer`, or a 500 when it throws.
  template <typename Answer>
  std::expected<HttpResponse, Problem> guarded(Route route, Answer answer) const;
  HttpResponse finish(std::expected<HttpResponse, Problem> reply, std::string_view path) const;

  SiteOptions options_;
  SearchWorkers workers_;
};

}  // namespace carrel::query_server
