// carrel-server: from the command line to a running server.
#include <csignal>
#include <cstdio>
#include <exception>
#include <optional>
#include <string_view>

#include <sys/resource.h>

#include "query-server/arguments.h"
#include "query-server/http_server.h"
#include "query-server/searcher_service.h"
#include "query-server/site.h"

namespace {

using namespace carrel;
using namespace carrel::query_server;

Result<void> serve(const Arguments& arguments) {
  auto index = SharedIndex::open(arguments.index);
  if (!index) return std::unexpected(index.error());
  SiteOptions options{.workers = arguments.threads};
  options.on_failure = [](std::string_view route) {
    std::fprintf(stderr, "carrel-server: a request to %.*s failed inside the server\n",
                 static_cast<int>(route.size()), route.data());
  };
  if (!arguments.documents.empty()) {
    auto documents = Documents::open(arguments.documents);
    if (!documents) return std::unexpected(documents.error());
    options.documents = *std::move(documents);
  }
  Site site(std::move(options), searcher_services(*std::move(index)));
  HttpServer server({.host = arguments.host, .port = arguments.port, .stop_on_signals = true}, site);
  const auto port = server.listen();
  if (!port) return std::unexpected(port.error());
  const bool bracketed = arguments.host.find(':') != std::string::npos;
  std::printf("Carrel is listening on http://%s%s%s:%u/\n", bracketed ? "[" : "", arguments.host.c_str(),
              bracketed ? "]" : "", unsigned{*port});
  std::fflush(stdout);
  server.run();
  site.stop();
  return {};
}

/// As many open files as the system lets a process have: each connection and each document sent is one.
void allow_many_files() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
}

int report(const Error& error) {
  std::fprintf(stderr, "carrel-server: %s\n", to_line(error).c_str());
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  allow_many_files();
  try {
    const auto parsed = parse_arguments(argc, argv);
    if (!parsed) return report(parsed.error());
    if (const auto* text = std::get_if<std::string>(&*parsed)) {
      std::fputs(text->c_str(), stdout);
      return 0;
    }
    const auto done = serve(std::get<Arguments>(*parsed));
    return done ? 0 : report(done.error());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "carrel-server: it stopped because of a mistake in the program: %s\n", error.what());
    return 2;
  }
}
