#include "indexer/extract/worker.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>

#include <linux/close_range.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "indexer/extract/document.h"
#include "indexer/extract/reading_clock.h"
#include "indexer/extract/reading_watch.h"
#include "indexer/extract/sandbox.h"
#include "indexer/extract/worker_socket.h"
#include "search/schema/terms.h"

namespace carrel::indexer {
namespace {

// Deeply nested documents drive Poppler deep into recursion; most systems give 8 MiB.
constexpr rlim_t kStackBytes = rlim_t{64} << 20;

/// Of the time that the parent grants: when readers should come to an end by themselves, and when the pages
/// that have been read are sent without them.
constexpr double kDeadlinePart = 0.7;
constexpr double kWatchPart = 0.85;
/// No document has longer, whatever the parent says.
constexpr std::uint64_t kLongestWall = 24 * 3600 * 1000;

/// C libraries do not throw when memory ends: they abort or stumble, right after malloc() has set ENOMEM.
extern "C" void on_fatal_signal(int signal_number) {
  if (errno == ENOMEM) give_up_for_memory();
  if (signal_number == SIGBUS) _exit(kExitFileShrank);
  std::signal(signal_number, SIG_DFL);
  std::raise(signal_number);
}

void catch_fatal_signals() {
  if (kUnderSanitizer) return;  // it has its own
  static std::array<char, 64 * 1024> stack;
  stack_t alternative{};
  alternative.ss_sp = stack.data();
  alternative.ss_size = stack.size();
  sigaltstack(&alternative, nullptr);
  struct sigaction action {};
  action.sa_handler = &on_fatal_signal;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  sigemptyset(&action.sa_mask);
  for (const int number : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) sigaction(number, &action, nullptr);
}

void leave_the_parent_behind() {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  syscall(SYS_close_range, kWorkerSocket + 1, ~0U, 0);
  rlimit stack{};
  if (getrlimit(RLIMIT_STACK, &stack) == 0) {
    stack.rlim_cur =
        stack.rlim_max == RLIM_INFINITY || stack.rlim_max > kStackBytes ? kStackBytes : stack.rlim_max;
    setrlimit(RLIMIT_STACK, &stack);
  }
}

/// The bytes of an open file: a small one is copied, because mapping costs more (faults, and each other core
/// is told when the mapping goes); a large one is mapped. A file that shrinks while it is read ends the
/// child.
class FileBytes {
 public:
  FileBytes(int file, std::uint64_t bytes) {
    if (bytes <= kMostCopied) {
      copy(file, bytes);
    } else if (void* at = mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE, file, 0); at != MAP_FAILED) {
      address_ = at;
      bytes_ = {static_cast<const char*>(at), bytes};
    }
    close(file);
  }
  ~FileBytes() {
    if (address_ != nullptr) munmap(address_, bytes_.size());
  }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  bool ok() const { return !bytes_.empty(); }
  std::string_view bytes() const { return bytes_; }

 private:
  static constexpr std::uint64_t kMostCopied = std::uint64_t{1} << 20;

  void copy(int file, std::uint64_t bytes) {
    copy_.resize(bytes);
    std::size_t have = 0;
    while (have < bytes) {
      const ssize_t got = pread(file, copy_.data() + have, bytes - have, static_cast<off_t>(have));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) _exit(kExitFileShrank);
      have += static_cast<std::size_t>(got);
    }
    bytes_ = copy_;
  }

  std::string copy_;
  void* address_ = nullptr;
  std::string_view bytes_;
};

/// Each document takes and frees about as much as the one before it, so what is free is kept, up to so much,
/// instead of being given back and taken again. Larger blocks go back at once: they count against the limit
/// of the next document.
void keep_freed_memory() {
  mallopt(M_TRIM_THRESHOLD, 32 << 20);
  mallopt(M_TOP_PAD, 1 << 20);
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
}

Answer read_safely(const ReadDocument& read, std::string_view bytes, std::string_view name) {
  try {
    return read(bytes, name);
  } catch (const std::bad_alloc&) {
    return std::unexpected(ExtractionFailure{"memory", "It needs more memory than one document may use"});
  } catch (const std::exception& error) {
    return std::unexpected(ExtractionFailure{"damaged", std::string("It cannot be read: ") + error.what()});
  }
}

void start_clock(std::uint64_t wall_ms) {
  const auto now = std::chrono::steady_clock::now();
  const auto wall = static_cast<double>(std::min(wall_ms, kLongestWall));
  const auto part = [&](double share) {
    return now + std::chrono::milliseconds(static_cast<std::int64_t>(wall * share));
  };
  set_reading_deadline(part(kDeadlinePart));
  watch_reading(part(kWatchPart));
}

bool serve_one(const ReadDocument& read, const WorkerRequest& request, int descriptor) {
  start_clock(request.wall_ms);
  limit_memory(request.memory_bytes + request.file_bytes);
  const FileBytes file(descriptor, request.file_bytes);
  if (!file.ok()) {
    unwatch_reading();
    return send_frame(kWorkerSocket, FrameType::answer,
                      encode_answer(std::unexpected(ExtractionFailure{"unreadable", "It cannot be mapped"})));
  }
  if (request.wants_hash && !send_frame(kWorkerSocket, FrameType::hash, schema::content_hash(file.bytes())))
    return false;
  errno = 0;
  std::string body;
  {
    const Answer answer = read_safely(read, file.bytes(), request.name);
    try {
      body = encode_answer(answer);
    } catch (const std::bad_alloc&) {
      _exit(kExitOutOfMemory);
    }
  }
  unwatch_reading();
  const bool sent = send_frame(kWorkerSocket, FrameType::answer, body);
  body = {};
  // Give the memory of a large document back before the next one is measured against the limit.
  if (request.file_bytes > (std::uint64_t{4} << 20)) malloc_trim(0);
  return sent;
}

}  // namespace

int serve_documents(const ReadDocument& read, const std::function<void()>& warm_up,
                    const std::vector<std::string>& folders) {
  leave_the_parent_behind();
  keep_freed_memory();
  warm_up();
  catch_fatal_signals();
  const SandboxReport report = enter_sandbox(folders, &start_reading_watch);
  bool connected = send_frame(kWorkerSocket, FrameType::greeting, encode_sandbox_report(report));
  while (connected) {
    int file = -1;
    const std::optional<WorkerRequest> request = receive_request(kWorkerSocket, file);
    connected = request.has_value() && serve_one(read, *request, file);
  }
  // Not exit(): a process that has read hostile documents should not run its libraries' last words.
  _exit(EXIT_SUCCESS);
}

int extract_worker_main() {
  return serve_documents(&read_document, &warm_up_readers);
}

}  // namespace carrel::indexer
