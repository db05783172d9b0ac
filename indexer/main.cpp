// carrel-index: reads documents into an index.
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>

#include <fmt/format.h>

#include "indexer/command_line.h"
#include "indexer/commands.h"
#include "indexer/extract/extractor_pool.h"
#include "indexer/extract/recognition_worker.h"

namespace {

std::atomic<bool> stop{false};
static_assert(std::atomic<bool>::is_always_lock_free, "set in a signal handler");

/// The first Ctrl-C ends the run in good order, the second at once.
void on_signal(int signal) {
  if (stop.exchange(true)) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

}  // namespace

int main(int argc, char** argv) {
  using namespace carrel;
  if (argc > 1 && std::strcmp(argv[1], indexer::kExtractWorkerArgument) == 0)
    return indexer::extract_worker_main();
  if (argc > 1 && std::strcmp(argv[1], indexer::kRecognitionWorkerArgument) == 0)
    return indexer::recognition_worker_main();
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  std::signal(SIGPIPE, SIG_IGN);
  // A limit on the size of files is met as an error of writing, like a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    const indexer::ParsedCommandLine parsed = indexer::parse_command_line(argc, argv);
    if (!parsed.command) return parsed.exit_code;
    const auto code = indexer::run_command(*parsed.command, stop);
    if (code) return *code;
    fmt::print(stderr, "carrel-index: {}\n", to_line(code.error()));
    return indexer::exit_code(code.error().kind);
  } catch (const std::exception& error) {
    fmt::print(stderr, "carrel-index: this should not happen: {}. Please report it.\n", error.what());
    return 2;
  }
}
