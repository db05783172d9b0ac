// Everything behind the HTTP server: routes requests to the page, the API, the documents.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "query-server/answer_cache.h"
#include "query-server/api/asked.h"
#include "query-server/concept_statistics.h"
#include "query-server/documents.h"
#include "query-server/help_desk.h"
#include "query-server/metrics.h"
#include "query-server/request_handler.h"
#include "query-server/router.h"
#include "query-server/search_service.h"
#include "query-server/search_workers.h"

namespace carrel::query_server {

struct SiteOptions {
  std::size_t workers = 2;             ///< threads that search
  std::size_t waiting = 64;            ///< searches that may wait for one of them; more are answered 503
  std::size_t cache_bytes = std::size_t{16} << 20;  ///< answers kept in memory; 0: none
  std::optional<Documents> documents;  ///< served under /documents/ when given
  bool metrics_here = true;            ///< serve /metrics beside the other routes
  SiteSettings settings = {};
  ConceptStatistics* statistics = nullptr;  ///< of the operator; nullptr: nothing is counted. Outlives the site
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

  /// New settings for what comes from now on. Any thread.
  void configure(SiteSettings settings);

  /// Any thread.
  Metrics& metrics() { return metrics_; }
  /// Searches that wait and what the cache holds; `connections` is the HTTP server's to fill in. Any thread.
  Gauges gauges() const;
  /// The number of connections for /metrics; to be set before requests come.
  void count_connections_by(std::function<std::size_t()> count) { connections_ = std::move(count); }

  /// Finishes the searches that wait; to be called before what takes their answers goes away.
  void stop() { workers_.stop(); }

 private:
  Reply answer_at_once(const RouteMatch& match, const HttpRequest& request) const;
  Reply answer_with(SearchService& service, const RouteMatch& match, const HttpRequest& request,
                    const SiteSettings& settings);
  /// The result of `answer`, or a 500 when it throws.
  template <typename Answer>
  Reply guarded(Route route, Answer answer) const;
  HttpResponse finish(Reply reply, const RouteMatch& match, const HttpRequest& request,
                      const SiteSettings& settings) const;
  std::shared_ptr<const SiteSettings> settings() const;

  SiteOptions options_;
  Metrics metrics_;
  HelpDesk help_;
  AnswerCache cache_;
  ConceptStatistics no_statistics_;
  std::function<std::size_t()> connections_;
  mutable std::mutex mutex_;  ///< of settings_
  std::shared_ptr<const SiteSettings> settings_;
  SearchWorkers workers_;
};

}  // namespace carrel::query_server
