// A child of the pool and the document it is reading, as the pool's thread sees them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "indexer/extract/child_process.h"
#include "indexer/extract/extractor_pool.h"
#include "indexer/extract/source_file.h"
#include "indexer/extract/worker_socket.h"

namespace carrel::indexer {

/// A submitted file.
struct ExtractionJob {
  std::string path;
  std::uint64_t tag = 0;
  std::string question;  ///< empty: the file's name
};

/// Used by one thread.
class PoolWorker {
 public:
  using Clock = std::chrono::steady_clock;

  PoolWorker(ChildProcess child, const ExtractionLimits& limits, bool hash_contents);

  int socket() const { return child_.socket(); }
  bool idle() const { return greeting_.has_value() && !job_; }
  bool busy() const { return job_.has_value(); }
  bool dead() const { return dead_; }
  const std::optional<SandboxReport>& greeting() const { return greeting_; }

  /// When patience ends: with the document, or with its greeting.
  Clock::time_point deadline() const { return deadline_; }

  /// True when it has read so much that a fresh process is due.
  bool worn_out() const;

  /// Ends the child; only when it has no document. From then on dead().
  void retire();

  /// Hands over a document; only when idle(). False when the child is gone: the job was not begun.
  bool begin(const ExtractionJob& job, const SourceFile& file);

  /// Reads what has arrived. An outcome when the document is finished, one way or the other.
  std::optional<ExtractionOutcome> receive();

  /// Kills the child; the outcome `timeout` of its document, if it had one.
  std::optional<ExtractionOutcome> give_up();

 private:
  std::optional<ExtractionOutcome> take_frames();
  std::optional<ExtractionOutcome> take_answer(std::string_view body);
  std::optional<ExtractionOutcome> end_child(std::string code, std::string text);
  std::optional<ExtractionOutcome> fail_job(std::string code, std::string text);
  std::optional<ExtractionOutcome> bury(int status);
  ExtractionOutcome outcome();

  ChildProcess child_;
  ExtractionLimits limits_;
  bool hash_contents_;
  FrameBuffer frames_;
  std::optional<SandboxReport> greeting_;
  std::optional<ExtractionJob> job_;
  std::string hash_;
  std::uint64_t bytes_ = 0;
  std::uint64_t wear_ = 0;  ///< bytes of the documents read, and kWearOfDocument for each
  bool dead_ = false;
  Clock::time_point begun_;
  Clock::time_point deadline_;
};

}  // namespace carrel::indexer
