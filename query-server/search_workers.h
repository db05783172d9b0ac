// The threads that search, and the queue before them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <latch>
#include <mutex>
#include <thread>
#include <vector>

#include "query-server/search_service.h"

namespace carrel::query_server {

/// Each worker has a SearchService of its own, made when the worker begins. A task goes to the worker that
/// was busy last. Tasks must not throw.
class SearchWorkers {
 public:
  using Task = std::move_only_function<void(SearchService&)>;

  /// `waiting`: how many tasks may wait beside those that are being done. Returns when every worker has its
  /// service.
  SearchWorkers(SearchServiceFactory factory, std::size_t workers, std::size_t waiting);
  ~SearchWorkers();
  SearchWorkers(const SearchWorkers&) = delete;
  SearchWorkers& operator=(const SearchWorkers&) = delete;

  /// Hands a task over; false when the queue is full or stopped, and then the task was not taken. Any thread.
  bool offer(Task& task);

  /// Tasks that wait now. Any thread.
  std::size_t waiting() const;

  /// Does what waits, then ends the threads. Any thread but a worker; may be called twice.
  void stop();

 private:
  /// A worker without work. Only while the mutex is held.
  class Idle {
   public:
    void wait(std::unique_lock<std::mutex>& lock) {
      called_ = false;
      arrived_.wait(lock, [this] { return called_; });
    }
    void call() {
      called_ = true;
      arrived_.notify_one();
    }

   private:
    std::condition_variable arrived_;
    bool called_ = false;
  };

  void work();

  SearchServiceFactory factory_;
  const std::size_t most_waiting_;
  std::latch begun_;
  mutable std::mutex mutex_;
  std::deque<Task> tasks_;
  std::vector<Idle*> idle_;  // the last of them was busy last: what it remembers is still in the caches
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace carrel::query_server
