#include "indexer/extract/pool_worker.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "indexer/extract/answer_codec.h"

namespace carrel::indexer {
namespace {

// Libraries leak and fragment; a fresh process costs some ten milliseconds. What wears a child out is what it
// reads: a document counts by its bytes and so much for being one.
constexpr std::uint64_t kWearOfDocument = std::uint64_t{64} << 10;
constexpr std::uint64_t kMostWear = std::uint64_t{512} << 20;
// Generous: under a sanitizer and on a busy machine a program may take long to start.
constexpr std::chrono::seconds kGreetingPatience{30};
constexpr std::size_t kReadBytes = 256 * 1024;

std::string file_name(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

bool is_hash(std::string_view body) {
  return body.size() == 32 && std::all_of(body.begin(), body.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::string signal_name(int number) {
  const char* name = sigabbrev_np(number);
  return name == nullptr ? fmt::format("signal {}", number) : fmt::format("SIG{}", name);
}

}  // namespace

PoolWorker::PoolWorker(ChildProcess child, const ExtractionLimits& limits, bool hash_contents)
    : child_(std::move(child)),
      limits_(limits),
      hash_contents_(hash_contents),
      frames_(limits.answer_bytes),
      begun_(Clock::now()),
      deadline_(begun_ + kGreetingPatience) {}

bool PoolWorker::worn_out() const {
  return wear_ >= kMostWear;
}

void PoolWorker::retire() {
  dead_ = true;
  child_.kill_and_reap();
}

bool PoolWorker::begin(const ExtractionJob& job, const SourceFile& file) {
  const WorkerRequest request{.file_bytes = file.bytes(),
                              .memory_bytes = limits_.memory_bytes,
                              .wall_ms = static_cast<std::uint64_t>(limits_.wall.count()),
                              .wants_hash = hash_contents_,
                              .name = job.question.empty() ? file_name(job.path) : job.question};
  if (!send_request(child_.socket(), request, file.descriptor())) {
    dead_ = true;
    child_.kill_and_reap();
    return false;
  }
  job_ = job;
  hash_.clear();
  bytes_ = file.bytes();
  begun_ = Clock::now();
  deadline_ = begun_ + limits_.wall;
  wear_ += bytes_ + kWearOfDocument;
  return true;
}

std::optional<ExtractionOutcome> PoolWorker::receive() {
  std::array<char, kReadBytes> buffer;
  for (;;) {
    const ssize_t got = recv(child_.socket(), buffer.data(), buffer.size(), 0);
    if (got > 0) {
      frames_.append(buffer.data(), static_cast<std::size_t>(got));
      if (auto done = take_frames()) return done;
      if (dead_) return std::nullopt;
      continue;
    }
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return std::nullopt;
    dead_ = true;
    // The socket closes a moment before the process is gone; but a hostile one may only close its socket.
    return bury(child_.reap(std::chrono::seconds(1)));
  }
}

std::optional<ExtractionOutcome> PoolWorker::give_up() {
  const double seconds = std::chrono::duration<double>(limits_.wall).count();
  return end_child("timeout", fmt::format("It was not read within {:g} seconds", seconds));
}

std::optional<ExtractionOutcome> PoolWorker::take_frames() {
  bool understood = true;
  while (understood) {
    const std::optional<Frame> frame = frames_.next();
    if (!frame) break;
    if (frame->type == FrameType::greeting && !greeting_) {
      greeting_ = decode_sandbox_report(frame->body);
      understood = greeting_.has_value();
      deadline_ = Clock::time_point::max();
    } else if (frame->type == FrameType::hash && job_ && hash_.empty() && is_hash(frame->body)) {
      hash_ = frame->body;
    } else if ((frame->type == FrameType::answer || frame->type == FrameType::last_answer) && job_) {
      const bool last = frame->type == FrameType::last_answer;
      if (auto done = take_answer(frame->body)) {
        if (last) retire();
        return done;
      }
      understood = false;
    } else {
      understood = false;
    }
  }
  if (frames_.too_long()) {
    return end_child("too-large", fmt::format("Its text takes more than {} bytes", limits_.answer_bytes));
  }
  if (!understood || frames_.broken()) {
    return end_child("crashed", "Its reader gave an answer that cannot be understood");
  }
  return std::nullopt;
}

std::optional<ExtractionOutcome> PoolWorker::end_child(std::string code, std::string text) {
  dead_ = true;
  child_.kill_and_reap();
  return fail_job(std::move(code), std::move(text));
}

std::optional<ExtractionOutcome> PoolWorker::take_answer(std::string_view body) {
  std::optional<Answer> answer = decode_answer(body);
  if (!answer) return std::nullopt;
  ExtractionOutcome done = outcome();
  done.result = std::move(*answer);
  // A child whose memory is spent starts afresh, so the next document has all of it.
  if (!done.result && done.result.error().code == "memory") {
    dead_ = true;
    child_.kill_and_reap();
  }
  return done;
}

std::optional<ExtractionOutcome> PoolWorker::fail_job(std::string code, std::string text) {
  if (!job_) return std::nullopt;
  ExtractionOutcome done = outcome();
  done.result = std::unexpected(ExtractionFailure{std::move(code), std::move(text)});
  return done;
}

std::optional<ExtractionOutcome> PoolWorker::bury(int status) {
  if (status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == kExitOutOfMemory) {
    return fail_job("memory", "It needs more memory than one document may use");
  }
  if (status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == kExitFileShrank) {
    return fail_job("unreadable", "It changed, or its disk failed, while it was read");
  }
  // Nobody here has sent SIGKILL: the kernel has, for want of memory.
  if (status >= 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) {
    return fail_job("memory", "The system ended its reader, most likely for want of memory");
  }
  if (status >= 0 && WIFSIGNALED(status)) {
    return fail_job("crashed", fmt::format("Its reader crashed ({})", signal_name(WTERMSIG(status))));
  }
  return fail_job("crashed", "Its reader ended without an answer");
}

ExtractionOutcome PoolWorker::outcome() {
  ExtractionOutcome done{.tag = job_->tag,
                         .path = std::move(job_->path),
                         .content_hash = hash_,
                         .bytes = bytes_,
                         .seconds = std::chrono::duration<double>(Clock::now() - begun_).count(),
                         .result = {}};
  job_.reset();
  deadline_ = Clock::time_point::max();
  return done;
}

}  // namespace carrel::indexer
