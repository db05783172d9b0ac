// What the server counts, for Prometheus. Counts and times by route: never words, addresses or identifiers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "query-server/http_server.h"
#include "query-server/search_service.h"

namespace carrel::query_server {

/// What is read at the moment when somebody asks for the metrics.
struct Gauges {
  std::size_t connections = 0;
  std::size_t waiting_searches = 0;
  std::size_t cached_bytes = 0;
  std::uint64_t cache_hits = 0;
  std::uint64_t cache_misses = 0;
};

/// Counters and histograms of one server. Any thread.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  void count(const ServedRequest& served);
  /// One search was answered, with so many hits.
  void count_search(std::uint64_t hits);
  /// A search found the queue full.
  void count_refused_search();
  /// The index that answers, whenever a worker has looked.
  void see(const LibraryState& library);

  /// The text exposition format, version 0.0.4.
  std::string text(const Gauges& now) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Answers GET /metrics and nothing else, on a listener of its own.
class MetricsHandler : public RequestHandler {
 public:
  MetricsHandler(const Metrics& metrics, std::function<Gauges()> gauges)
      : metrics_(metrics), gauges_(std::move(gauges)) {}
  void handle(HttpRequest request, Respond respond) override;
  HttpResponse refuse(const Problem& problem, std::string_view path) override;

 private:
  const Metrics& metrics_;
  std::function<Gauges()> gauges_;
};

/// The response with this text.
HttpResponse metrics_response(std::string text);

}  // namespace carrel::query_server
