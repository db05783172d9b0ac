// carrel-server: from the command line to a running server.
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <variant>

#include <sys/prctl.h>
#include <sys/resource.h>

#include "query-server/arguments.h"
#include "query-server/daemon.h"

namespace {

using namespace carrel;
using namespace carrel::query_server;

/// As many open files as the system lets a process have: each connection and each document sent is one.
void allow_many_files() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
}

/// A core dump would hold what people searched.
void forbid_core_dumps() {
  const rlimit none{};
  ::setrlimit(RLIMIT_CORE, &none);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  ::prctl(PR_SET_DUMPABLE, 0);  // also where cores go to a program, which does not ask for the limit
#endif
}

int report(const Error& error) {
  std::fprintf(stderr, "carrel-server: %s\n", to_line(error).c_str());
  return 2;
}

void announce(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

int run(int argc, char** argv) {
  const auto parsed = parse_arguments(argc, argv);
  if (!parsed) return report(parsed.error());
  if (const auto* text = std::get_if<std::string>(&*parsed)) {
    std::fputs(text->c_str(), stdout);
    return 0;
  }
  const auto& arguments = std::get<Arguments>(*parsed);
  const auto configuration = effective_configuration(arguments);
  if (!configuration) {
    for (const Error& error : configuration.error()) report(error);
    return 2;
  }
  if (arguments.check_config) {
    if (const auto checked = check_configuration(*configuration); !checked) return report(checked.error());
    announce("The configuration can be used");
    return 0;
  }
  const auto done = run_daemon(arguments, *configuration, announce);
  return done ? 0 : report(done.error());
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  forbid_core_dumps();
  allow_many_files();
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "carrel-server: it stopped because of a mistake in the program: %s\n", error.what());
    return 2;
  }
}
