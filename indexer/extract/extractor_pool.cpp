#include "indexer/extract/extractor_pool.h"

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "indexer/extract/pool_worker.h"

namespace carrel::indexer {
namespace {

// Children that die before their greeting: after so many in a row something is wrong with the machine.
constexpr int kMostFailedStarts = 5;

class ProcessPool final : public ExtractorPool {
 public:
  explicit ProcessPool(PoolOptions options)
      : options_(std::move(options)), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (options_.workers == 0) options_.workers = std::max(1U, std::thread::hardware_concurrency());
    // Signals are for the program's own threads.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }

  ~ProcessPool() override {
    thread_.request_stop();
    wake();
    thread_.join();
    close(wake_);
  }

  ProcessPool(const ProcessPool&) = delete;
  ProcessPool& operator=(const ProcessPool&) = delete;

  /// Waits until the first child has greeted.
  Result<void> wait_for_first_child() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return sandbox_.has_value() || start_error_.has_value(); });
    if (sandbox_) return {};
    return std::unexpected(*start_error_);
  }

  void submit(std::string path, std::uint64_t tag, std::string question) override {
    {
      const std::lock_guard lock(mutex_);
      queue_.push_back({std::move(path), tag, std::move(question)});
      ++pending_;
    }
    wake();
  }

  std::optional<ExtractionOutcome> next(std::chrono::milliseconds patience) override {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [&] { return !finished_.empty() || pending_ == 0; });
    if (finished_.empty()) return std::nullopt;
    ExtractionOutcome outcome = std::move(finished_.front());
    finished_.pop_front();
    --pending_;
    return outcome;
  }

  std::size_t pending() const override {
    const std::lock_guard lock(mutex_);
    return pending_;
  }

  std::size_t capacity() const override { return std::size_t{options_.workers} * 4; }

  SandboxReport sandbox() const override {
    const std::lock_guard lock(mutex_);
    return sandbox_.value_or(SandboxReport{});
  }

 private:
  void wake() {
    const std::uint64_t one = 1;
    // A full counter means the thread is awake anyway.
    [[maybe_unused]] const ssize_t written = write(wake_, &one, sizeof one);
  }

  void run(const std::stop_token& stop) {
    start_child();
    while (!stop.stop_requested()) {
      hand_out_jobs();
      wait_for_news();
      for (PoolWorker& worker : workers_) listen_to(worker);
      const auto dead =
          std::remove_if(workers_.begin(), workers_.end(), [](const PoolWorker& w) { return w.dead(); });
      workers_.erase(dead, workers_.end());
    }
    workers_.clear();
  }

  void start_child() {
    Result<ChildProcess> child = ChildProcess::start(options_.executable, options_.arguments);
    if (child) {
      workers_.emplace_back(std::move(*child), options_.limits, options_.hash_contents);
    } else {
      note_failed_start(child.error());
    }
  }

  void note_failed_start(Error error) {
    ++failed_starts_;
    const std::lock_guard lock(mutex_);
    start_error_ = std::move(error);
    changed_.notify_all();
  }

  std::optional<ExtractionJob> take_job() {
    const std::lock_guard lock(mutex_);
    if (queue_.empty()) return std::nullopt;
    ExtractionJob job = std::move(queue_.front());
    queue_.pop_front();
    return job;
  }

  bool jobs_wait() const {
    const std::lock_guard lock(mutex_);
    return !queue_.empty();
  }

  void hand_out_jobs() {
    for (PoolWorker& worker : workers_) {
      while (worker.idle() && !worker.dead() && jobs_wait()) begin_next_job(worker);
    }
    const auto starting = static_cast<std::size_t>(std::count_if(
        workers_.begin(), workers_.end(), [](const PoolWorker& w) { return !w.idle() && !w.busy(); }));
    std::size_t waiting = 0;
    {
      const std::lock_guard lock(mutex_);
      waiting = queue_.size();
    }
    for (std::size_t i = starting; i < waiting && workers_.size() < options_.workers; ++i) {
      if (failed_starts_ >= kMostFailedStarts) break;
      start_child();
    }
    if (workers_.empty() && failed_starts_ >= kMostFailedStarts) fail_queue();
  }

  void begin_next_job(PoolWorker& worker) {
    std::optional<ExtractionJob> job = take_job();
    if (!job) return;
    std::expected<SourceFile, ExtractionFailure> file =
        SourceFile::open(job->path, options_.limits.file_bytes);
    if (!file) {
      finish({.tag = job->tag, .path = std::move(job->path), .result = std::unexpected(file.error())});
    } else if (!worker.begin(*job, *file)) {
      // The child died while it was idle: no fault of this document.
      const std::lock_guard lock(mutex_);
      queue_.push_front(std::move(*job));
    }
  }

  /// No child can be had: say so for each document rather than wait for ever.
  void fail_queue() {
    while (std::optional<ExtractionJob> job = take_job()) {
      finish({.tag = job->tag,
              .path = std::move(job->path),
              .result =
                  std::unexpected(ExtractionFailure{"crashed", "No process could be started to read it"})});
    }
  }

  void wait_for_news() {
    std::vector<pollfd> watched{{wake_, POLLIN, 0}};
    auto deadline = PoolWorker::Clock::time_point::max();
    for (const PoolWorker& worker : workers_) {
      watched.push_back({worker.socket(), POLLIN, 0});
      deadline = std::min(deadline, worker.deadline());
    }
    // After a failed start nothing but time will bring news.
    int timeout = workers_.empty() && jobs_wait() ? 100 : -1;
    if (deadline != PoolWorker::Clock::time_point::max()) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - PoolWorker::Clock::now());
      timeout = static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
    }
    poll(watched.data(), watched.size(), timeout);
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t drained = read(wake_, &count, sizeof count);
  }

  void listen_to(PoolWorker& worker) {
    const bool greeted = worker.greeting().has_value();
    std::optional<ExtractionOutcome> done = worker.receive();
    if (!greeted && worker.greeting()) {
      failed_starts_ = 0;
      const std::lock_guard lock(mutex_);
      sandbox_ = worker.greeting();
      changed_.notify_all();
    }
    if (!done && !worker.dead() && PoolWorker::Clock::now() >= worker.deadline()) done = worker.give_up();
    if (worker.dead() && !worker.greeting()) {
      note_failed_start({ErrorKind::failed, "The process that reads documents ended before it was ready",
                         "a sandbox or a limit of this system may forbid it; see the system's log"});
    }
    if (done) finish(std::move(*done));
    if (worker.idle() && worker.worn_out()) worker.retire();
  }

  void finish(ExtractionOutcome outcome) {
    const std::lock_guard lock(mutex_);
    finished_.push_back(std::move(outcome));
    changed_.notify_all();
  }

  PoolOptions options_;
  int wake_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<ExtractionJob> queue_;
  std::deque<ExtractionOutcome> finished_;
  std::size_t pending_ = 0;
  std::optional<SandboxReport> sandbox_;
  std::optional<Error> start_error_;

  // Of the pool's own thread alone.
  std::vector<PoolWorker> workers_;
  int failed_starts_ = 0;

  std::jthread thread_;
};

}  // namespace

Result<std::unique_ptr<ExtractorPool>> ExtractorPool::start(PoolOptions options) {
  auto pool = std::make_unique<ProcessPool>(std::move(options));
  if (Result<void> ready = pool->wait_for_first_child(); !ready) return std::unexpected(ready.error());
  return pool;
}

}  // namespace carrel::indexer
