#include "tests/query-server/running_server.h"

#include <stdexcept>

namespace carrel::query_server::testing {
namespace {

ServerOptions on_free_port(ServerOptions options) {
  if (options.listen == std::vector{ListenAddress{}}) options.listen = {ListenAddress{.port = 0}};
  return options;
}

}  // namespace

RunningServer::RunningServer(SiteOptions site, ServerOptions server)
    : library_(std::make_shared<FakeLibrary>()),
      site_(std::move(site), fake_services(library_)),
      server_(on_free_port(std::move(server)), site_) {
  const auto taken = server_.listen();
  if (!taken) throw std::runtime_error(taken.error().message);
  port_ = taken->front().port;
  thread_ = std::thread([this] { server_.run(); });
}

RunningServer::~RunningServer() {
  stop();
}

void RunningServer::stop() {
  library_->hold = false;
  server_.stop();
  if (thread_.joinable()) thread_.join();
  site_.stop();
}

}  // namespace carrel::query_server::testing
