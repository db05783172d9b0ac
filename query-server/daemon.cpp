#include "query-server/daemon.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <ctime>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include <unistd.h>

#include "query-server/concept_statistics.h"
#include "query-server/http_server.h"
#include "query-server/log.h"
#include "query-server/searcher_service.h"
#include "query-server/service_manager.h"
#include "query-server/site.h"

namespace carrel::query_server {
namespace {

bool wants_json(LogFormat format) {
  return format == LogFormat::json || (format == LogFormat::automatic && ::isatty(STDERR_FILENO) == 0);
}

SiteSettings settings_of(const Configuration& configuration) {
  return {.allowed_origins = configuration.allowed_origins, .public_url = configuration.public_url};
}

/// Where to listen: what is configured, else sockets that were handed over, else the usual address.
struct Listeners {
  std::vector<ListenAddress> site;
  std::optional<ListenAddress> metrics;
};

Listeners listeners_of(const Configuration& configuration) {
  Listeners listeners{configuration.listen, configuration.metrics};
  for (const InheritedSocket& socket : inherited_sockets()) {
    const ListenAddress address{.host = {}, .port = 0, .inherited = socket.descriptor};
    if (socket.name == "metrics") {
      listeners.metrics = address;
    } else {
      listeners.site.push_back(address);
    }
  }
  if (listeners.site.empty()) listeners.site.emplace_back();
  return listeners;
}

Result<SiteOptions> site_options(const Configuration& configuration, bool metrics_here) {
  SiteOptions options{.workers = configuration.threads,
                      .waiting = configuration.waiting,
                      .cache_bytes = configuration.cache_bytes,
                      .metrics_here = metrics_here,
                      .settings = settings_of(configuration)};
  if (!configuration.documents.empty()) {
    auto documents = Documents::open(configuration.documents);
    if (!documents) return std::unexpected(documents.error());
    options.documents = *std::move(documents);
  }
  return options;
}

/// RELOADING=1 wants the monotonic clock (sd_notify(3)).
std::string reloading_state() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return "RELOADING=1\nMONOTONIC_USEC=" +
         std::to_string(std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000);
}

/// What cannot change while the server runs, by name.
std::vector<std::string_view> needing_restart(const Configuration& before, const Configuration& now) {
  std::vector<std::string_view> names;
  if (before.index != now.index) names.emplace_back("index");
  if (before.documents != now.documents) names.emplace_back("documents");
  if (before.listen != now.listen) names.emplace_back("listen");
  if (before.metrics != now.metrics) names.emplace_back("metrics");
  if (before.threads != now.threads || before.waiting != now.waiting || before.search_time != now.search_time ||
      before.cache_bytes != now.cache_bytes) {
    names.emplace_back("search");
  }
  if (before.log_format != now.log_format) names.emplace_back("log.format");
  return names;
}

class Daemon {
 public:
  Daemon(const Arguments& arguments, const Configuration& configuration)
      : arguments_(arguments),
        configuration_(configuration),
        log_(STDERR_FILENO, wants_json(configuration.log_format)),
        access_log_(configuration.access_log),
        statistics_(configuration.statistics, [this](const Error& error) {
          log_.write(LogLevel::error, "the statistics wait, and searches go on", {{"fault", to_line(error)}});
        }) {}

  Result<void> run(const std::function<void(const std::string&)>& announce) {
    const Listeners listeners = listeners_of(configuration_);
    auto index = SharedIndex::open(configuration_.index);
    if (!index) return std::unexpected(index.error());
    auto options = site_options(configuration_, !listeners.metrics);
    if (!options) return std::unexpected(options.error());
    options->statistics = &statistics_;
    options->on_failure = [this](std::string_view route) {
      log_.write(LogLevel::error, "a request failed inside the server", {{"route", route}});
    };
    Site site(*std::move(options), searcher_services(*std::move(index), configuration_.search_time));

    HttpServer server({.listen = listeners.site,
                       .limits = configuration_.limits,
                       .stop_on_signals = true,
                       .on_hangup = [&] { reload(site, server); },
                       .on_served = [&](const ServedRequest& served) { served_one(site, served); },
                       .heartbeat = {watchdog_interval(), [] { notify_service_manager("WATCHDOG=1"); }}},
                      site);
    site.count_connections_by([&server] { return server.connections(); });
    auto taken = server.listen();
    if (!taken) return std::unexpected(taken.error());

    MetricsHandler handler(site.metrics(), [&site] { return site.gauges(); });
    std::unique_ptr<HttpServer> metrics;
    std::optional<ListenAddress> metrics_address;
    if (listeners.metrics) {
      ConnectionLimits few = configuration_.limits;
      few.connections = 16;
      metrics = std::make_unique<HttpServer>(ServerOptions{.listen = {*listeners.metrics}, .limits = few}, handler);
      const auto where = metrics->listen();
      if (!where) return std::unexpected(where.error());
      metrics_address = where->front();
    }
    for (const ListenAddress& address : *taken) announce("Carrel is listening on " + to_text(address));
    if (metrics_address) announce("Metrics are at " + to_text(*metrics_address));

    std::thread measuring;
    if (metrics) measuring = std::thread([&metrics] { metrics->run(); });
    std::jthread days([this](const std::stop_token& stop) { end_days(stop); });
    notify_service_manager("READY=1");
    server.run();
    notify_service_manager("STOPPING=1");
    site.stop();
    days.request_stop();
    days.join();
    statistics_.stop();
    if (metrics) {
      metrics->stop();
      measuring.join();
    }
    return {};
  }

 private:
  /// The days of the statistics end on a thread of their own, so that a disk that stalls keeps nobody waiting.
  void end_days(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any ended;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      ended.wait_for(lock, stop, std::chrono::seconds(30), [] { return false; });
      statistics_.keep_up();
    }
  }

  void served_one(Site& site, const ServedRequest& served) {
    site.metrics().count(served);
    if (!access_log_) return;
    log_.write(LogLevel::info, "answered",
               {{"route", served.route.empty() ? "refused" : served.route},
                {"status", std::int64_t{served.status}},
                {"ms", served.seconds * 1000},
                {"bytes", static_cast<std::int64_t>(served.bytes)}});
  }

  void reload(Site& site, HttpServer& server) {
    notify_service_manager(reloading_state());
    const auto fresh = effective_configuration(arguments_);
    if (fresh) {
      for (const std::string_view name : needing_restart(configuration_, *fresh)) {
        log_.write(LogLevel::warning, "a changed setting holds after a restart only", {{"setting", name}});
      }
      site.configure(settings_of(*fresh));
      server.set_limits(fresh->limits);
      access_log_ = fresh->access_log;
      statistics_.configure(fresh->statistics);
      log_.write(LogLevel::info, "the configuration was read again");
    } else {
      for (const Error& error : fresh.error()) {
        log_.write(LogLevel::error, "the configuration was not changed", {{"fault", to_line(error)}});
      }
    }
    notify_service_manager("READY=1");
  }

  const Arguments& arguments_;
  const Configuration& configuration_;
  Log log_;
  std::atomic<bool> access_log_;
  ConceptStatistics statistics_;
};

}  // namespace

Result<void> run_daemon(const Arguments& arguments, const Configuration& configuration,
                        const std::function<void(const std::string&)>& announce) {
  return Daemon(arguments, configuration).run(announce);
}

Result<void> check_configuration(const Configuration& configuration) {
  const auto index = SharedIndex::open(configuration.index);
  if (!index) return std::unexpected(index.error());
  const auto options = site_options(configuration, true);
  if (!options) return std::unexpected(options.error());
  return configuration.statistics.enabled ? check_statistics_file(configuration.statistics.file) : Result<void>();
}

}  // namespace carrel::query_server
