// HTTP/1.1 over TCP and Unix sockets. Everything that the HTTP library knows stays in http_server.cpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "query-server/head_rules.h"
#include "query-server/listen_address.h"
#include "query-server/request_handler.h"
#include "search/schema/result.h"

namespace carrel::query_server {

/// What clients may cost. Can be changed while the server runs.
struct ConnectionLimits {
  std::size_t connections = 1000;  ///< more are answered 503 and closed
  /// More from one address are answered 429 and closed; 0: no limit. IPv6 addresses count by their /64. Does
  /// not hold for Unix sockets, nor for loopback addresses unless `loopback_too`: a proxy before the server
  /// brings everybody from one address.
  std::size_t connections_per_address = 64;
  bool loopback_too = false;
  RequestLimits request;
  std::chrono::milliseconds request_deadline{10'000};  ///< from the first byte of a request to its last
  std::chrono::milliseconds send_deadline{30'000};     ///< for each 64 KiB of an answer
  std::chrono::milliseconds idle{15'000};              ///< between two requests on one connection
};

/// One request that was answered, and nothing of what it asked.
struct ServedRequest {
  std::string_view route;  ///< of the answer; empty when the request was refused before it had one
  int status = 0;
  std::uint64_t bytes = 0;  ///< sent, head and body
  double seconds = 0;       ///< from the whole request to the last byte of its answer
};

/// Something to be done again and again on the I/O thread, such as telling a watchdog that it goes on.
struct Heartbeat {
  std::chrono::milliseconds interval{0};  ///< 0: never
  std::function<void()> beat;
};

struct ServerOptions {
  std::vector<ListenAddress> listen = {ListenAddress{}};
  ConnectionLimits limits = {};
  std::chrono::milliseconds grace{10'000};  ///< for requests in flight when the server stops
  bool stop_on_signals = false;             ///< SIGTERM and SIGINT; a second one stops at once
  std::function<void()> on_hangup = nullptr;  ///< at SIGHUP, on the I/O thread; empty: the signal is left alone
  std::function<void(const ServedRequest&)> on_served = nullptr;  ///< on the I/O thread: must not wait
  Heartbeat heartbeat = {};
};

/// One thread of I/O: `run` uses the caller's. Requests on one connection are answered in order.
class HttpServer {
 public:
  /// `handler` must live as long as `run` runs, and answer nothing any more once the server is destroyed.
  HttpServer(ServerOptions options, RequestHandler& handler);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Binds and listens; returns the addresses with the ports that were taken. A Unix socket that nobody
  /// serves any more is replaced. Errors (usage): a host that cannot be found, an address in use or not
  /// allowed.
  Result<std::vector<ListenAddress>> listen();

  /// Serves until it is stopped, and returns when the last request has been answered or the grace is over.
  void run();

  /// Stops accepting, lets requests in flight finish. May be called on any thread, more than once.
  void stop();

  /// New limits for what comes from now on. May be called on any thread.
  void set_limits(ConnectionLimits limits);

  /// Connections that are open now. Any thread.
  std::size_t connections() const;

  struct State;  ///< known in http_server.cpp only

 private:
  std::unique_ptr<State> state_;
};

}  // namespace carrel::query_server
