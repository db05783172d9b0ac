// HTTP/1.1 over TCP. Everything that the HTTP library knows stays in http_server.cpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "query-server/head_rules.h"
#include "query-server/request_handler.h"
#include "search/schema/result.h"

namespace carrel::query_server {

struct ServerOptions {
  std::string host = "127.0.0.1";  ///< an address or a name
  std::uint16_t port = 8080;       ///< 0: any free one
  std::size_t connections = 1000;  ///< more are answered 503 and closed
  RequestLimits limits;
  std::chrono::milliseconds request_deadline{10'000};  ///< from the first byte of a request to its last
  std::chrono::milliseconds send_deadline{30'000};     ///< for each 64 KiB of an answer
  std::chrono::milliseconds idle{15'000};              ///< between two requests on one connection
  std::chrono::milliseconds grace{10'000};             ///< for requests in flight when the server stops
  bool stop_on_signals = false;                        ///< SIGTERM and SIGINT; a second one stops at once
};

/// One thread of I/O: `run` uses the caller's. Requests on one connection are answered in order.
class HttpServer {
 public:
  /// `handler` must live as long as `run` runs, and answer nothing any more once the server is destroyed.
  HttpServer(ServerOptions options, RequestHandler& handler);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Binds and listens; returns the port. Errors (usage): a host that cannot be found, a port in use or not
  /// allowed.
  Result<std::uint16_t> listen();

  /// Serves until it is stopped, and returns when the last request has been answered or the grace is over.
  void run();

  /// Stops accepting, lets requests in flight finish. May be called on any thread, more than once.
  void stop();

  struct State;  ///< known in http_server.cpp only

 private:
  std::unique_ptr<State> state_;
};

}  // namespace carrel::query_server
