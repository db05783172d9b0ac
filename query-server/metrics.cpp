// The only file that knows prometheus-cpp.
#include "query-server/metrics.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <utility>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "query-server/security_headers.h"

namespace carrel::query_server {
namespace {

/// Seconds; a search takes about a millisecond.
const prometheus::Histogram::BucketBoundaries kSeconds = {0.0005, 0.001, 0.002, 0.005, 0.01, 0.025,
                                                          0.05,   0.1,   0.25,  0.5,   1,    2.5,  10};

double unix_seconds() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

struct Metrics::State {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests =
      prometheus::BuildCounter().Name("carrel_requests_total").Help("Answers by route and status").Register(registry);
  prometheus::Family<prometheus::Histogram>& times =
      prometheus::BuildHistogram()
          .Name("carrel_request_seconds")
          .Help("From the whole request to the last byte of its answer")
          .Register(registry);
  prometheus::Counter& bytes = counter("carrel_sent_bytes_total", "Bytes of answers, heads included");
  prometheus::Counter& searches = counter("carrel_searches_total", "Searches answered");
  prometheus::Counter& without_hits = counter("carrel_searches_without_hits_total", "Searches that found nothing");
  prometheus::Counter& refused = counter("carrel_searches_refused_total", "Searches that found the queue full");
  prometheus::Gauge& connections = gauge("carrel_connections", "Connections open now");
  prometheus::Gauge& waiting = gauge("carrel_searches_waiting", "Searches that wait for a thread");
  prometheus::Gauge& cached = gauge("carrel_cache_bytes", "Bytes of answers kept in memory");
  prometheus::Gauge& cache_hits = gauge("carrel_cache_hits", "Answers given from memory since the start");
  prometheus::Gauge& cache_misses = gauge("carrel_cache_misses", "Answers that were not in memory since the start");
  prometheus::Gauge& resources = gauge("carrel_index_resources", "Resources in the index that answers");
  prometheus::Gauge& since = gauge("carrel_index_seen_timestamp_seconds", "When this revision was first seen");
  prometheus::Gauge& committed = gauge("carrel_index_commit_timestamp_seconds", "When this revision was committed");
  prometheus::Gauge& age = gauge("carrel_index_age_seconds", "Time since this revision was committed");
  prometheus::Gauge& started = gauge("carrel_start_timestamp_seconds", "When the server began");
  prometheus::Family<prometheus::Gauge>& index =
      prometheus::BuildGauge().Name("carrel_index_info").Help("The revision that answers").Register(registry);

  std::mutex mutex;  ///< of the rest
  std::map<std::pair<std::string, int>, prometheus::Counter*> by_status;
  std::map<std::string, prometheus::Histogram*, std::less<>> by_route;
  std::string revision;
  prometheus::Gauge* info = nullptr;

  prometheus::Counter& counter(const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add({});
  }
  prometheus::Gauge& gauge(const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
  }
};

Metrics::Metrics() : state_(std::make_unique<State>()) {
  state_->started.Set(unix_seconds());
}

Metrics::~Metrics() = default;

void Metrics::count(const ServedRequest& served) {
  const std::string route(served.route.empty() ? "refused" : served.route);
  state_->bytes.Increment(static_cast<double>(served.bytes));
  const std::lock_guard lock(state_->mutex);
  auto& counter = state_->by_status[{route, served.status}];
  if (counter == nullptr) {
    counter = &state_->requests.Add({{"route", route}, {"status", std::to_string(served.status)}});
  }
  counter->Increment();
  auto& histogram = state_->by_route[route];
  if (histogram == nullptr) histogram = &state_->times.Add({{"route", route}}, kSeconds);
  histogram->Observe(served.seconds);
}

void Metrics::count_search(std::uint64_t hits) {
  state_->searches.Increment();
  if (hits == 0) state_->without_hits.Increment();
}

void Metrics::count_refused_search() {
  state_->refused.Increment();
}

void Metrics::see(const LibraryState& library) {
  const std::lock_guard lock(state_->mutex);
  if (state_->revision == library.revision) return;
  state_->revision = library.revision;
  if (state_->info != nullptr) state_->index.Remove(state_->info);
  state_->info = &state_->index.Add({{"revision", library.revision}});
  state_->info->Set(1);
  state_->resources.Set(static_cast<double>(library.resources));
  state_->since.Set(unix_seconds());
  state_->committed.Set(library.committed ? static_cast<double>(*library.committed) : unix_seconds());
}

std::string Metrics::text(const Gauges& now) const {
  state_->connections.Set(static_cast<double>(now.connections));
  state_->waiting.Set(static_cast<double>(now.waiting_searches));
  state_->cached.Set(static_cast<double>(now.cached_bytes));
  state_->cache_hits.Set(static_cast<double>(now.cache_hits));
  state_->cache_misses.Set(static_cast<double>(now.cache_misses));
  const double committed = state_->committed.Value();
  state_->age.Set(committed > 0 ? std::max(unix_seconds() - committed, 0.0) : 0);
  return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

HttpResponse metrics_response(std::string text) {
  HttpResponse response;
  response.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  response.body = std::move(text);
  return response;
}

void MetricsHandler::handle(HttpRequest request, Respond respond) {
  if (request.path() != "/metrics") {
    return respond(refuse({404, "There is nothing at this address", "The metrics are at /metrics", {}}, {}));
  }
  if (request.method != "GET" && request.method != "HEAD") {
    return respond(
        refuse({405, "This address is only read", "Use GET", {{"Allow", "GET, HEAD"}}}, {}));
  }
  HttpResponse response = metrics_response(metrics_.text(gauges_()));
  add_security_headers(response);
  respond(std::move(response));
}

HttpResponse MetricsHandler::refuse(const Problem& problem, std::string_view) {
  HttpResponse response = to_response(problem);
  add_security_headers(response);
  return response;
}

}  // namespace carrel::query_server
