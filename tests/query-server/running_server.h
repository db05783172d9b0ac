// A whole server in a thread of the test, on a free port, over a fake library.
#pragma once

#include <memory>
#include <thread>

#include "query-server/http_server.h"
#include "query-server/site.h"
#include "tests/query-server/fake_service.h"

namespace carrel::query_server::testing {

class RunningServer {
 public:
  explicit RunningServer(SiteOptions site = {}, ServerOptions server = {});
  ~RunningServer();

  std::uint16_t port() const { return port_; }
  Site& site() { return site_; }
  HttpServer& http() { return server_; }
  FakeLibrary& library() { return *library_; }

  /// Stops and waits until the server has ended; nothing when it already has.
  void stop();
  /// Asks it to stop and does not wait.
  void begin_to_stop() { server_.stop(); }

 private:
  std::shared_ptr<FakeLibrary> library_;
  Site site_;
  HttpServer server_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace carrel::query_server::testing
