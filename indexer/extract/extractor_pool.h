// Child processes that read documents for the indexer: a file that hangs, crashes or eats memory costs one
// line of the report and nothing else.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "indexer/extract/extraction.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// What one document may cost. A document beyond a limit becomes an ExtractionFailure.
struct ExtractionLimits {
  std::chrono::milliseconds wall{60'000};                 ///< then the child is killed: `timeout`
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;    ///< address space beside the file itself: `memory`
  std::uint64_t file_bytes = std::uint64_t{512} << 20;    ///< a larger file is not opened: `too-large`
  std::uint64_t answer_bytes = std::uint64_t{256} << 20;  ///< a longer answer is refused: `too-large`
};

/// Where the sandbox of a child stands, as the child itself reports it when it starts.
struct SandboxReport {
  bool seccomp = false;       ///< system calls filtered: no sockets, no programs, no writing
  int landlock_abi = 0;       ///< 0: the kernel has none; else files beyond poppler-data are out of reach
  bool memory_limit = false;  ///< RLIMIT_AS (not under AddressSanitizer and ThreadSanitizer)
  bool no_new_privileges = false;
  bool no_processes = false;  ///< RLIMIT_NPROC 0
};

/// One sentence for `-v`: "seccomp, Landlock 4, memory limit, … active; missing: …".
std::string to_sentence(const SandboxReport& report);

struct PoolOptions {
  unsigned workers = 0;  ///< children at once; 0: one per core
  ExtractionLimits limits;
  bool hash_contents = true;  ///< else ExtractionOutcome::content_hash stays empty
  /// The program that is started as a child and its arguments. Its main must call extract_worker_main()
  /// when it sees kExtractWorkerArgument as its first argument.
  std::string executable = "/proc/self/exe";
  std::vector<std::string> arguments{"__extract-worker"};
};

/// First argument of a program that is to be a child of a pool.
inline constexpr const char* kExtractWorkerArgument = "__extract-worker";

/// What became of one submitted file.
struct ExtractionOutcome {
  std::uint64_t tag = 0;
  std::string path;
  std::string content_hash;  ///< XXH3-128 of the bytes, 32 hex digits; empty when they could not be read
                             ///< or PoolOptions::hash_contents is not set
  std::uint64_t bytes = 0;   ///< size of the file
  double seconds = 0;        ///< wall clock from handing it to a child to its answer
  std::expected<Extraction, ExtractionFailure> result;
};

/// A pool of children. Every submitted file yields exactly one outcome, in the order they finish.
/// A thread of the pool feeds the children and watches their time, so they go on while the caller is busy.
/// submit() and next() may be called from any thread. The destructor kills what is still running.
class ExtractorPool {
 public:
  /// Starts the first child and waits for its greeting. Errors: failed (the program cannot be started).
  static Result<std::unique_ptr<ExtractorPool>> start(PoolOptions options = {});

  virtual ~ExtractorPool() = default;

  /// Queues a file. Never blocks. `tag` comes back in the outcome. `path` is opened by this process,
  /// regular files only. `question` goes to the child beside the bytes; empty: the file's name.
  virtual void submit(std::string path, std::uint64_t tag, std::string question = {}) = 0;

  /// The next finished file; waits for it at most `patience`. Nothing: none finished in time, or none
  /// pending.
  virtual std::optional<ExtractionOutcome> next(std::chrono::milliseconds patience) = 0;

  /// Files submitted whose outcome has not been taken by next().
  virtual std::size_t pending() const = 0;

  /// How many files are worth having pending, so that children never wait and memory stays bounded.
  virtual std::size_t capacity() const = 0;

  /// What protects the children.
  virtual SandboxReport sandbox() const = 0;
};

/// The main function of a child: serves the socket that the pool left on a known descriptor until it closes.
/// Call it first thing in main, before threads and output exist. Returns the exit code.
int extract_worker_main();

}  // namespace carrel::indexer
