#include "query-server/search_workers.h"

#include <utility>

namespace carrel::query_server {

SearchWorkers::SearchWorkers(SearchServiceFactory factory, std::size_t workers, std::size_t waiting)
    : factory_(std::move(factory)), most_waiting_(waiting), begun_(static_cast<std::ptrdiff_t>(workers)) {
  threads_.reserve(workers);
  for (std::size_t i = 0; i < workers; ++i) threads_.emplace_back([this] { work(); });
  begun_.wait();
}

SearchWorkers::~SearchWorkers() {
  stop();
}

bool SearchWorkers::offer(Task& task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_ || tasks_.size() >= most_waiting_) return false;
    tasks_.push_back(std::move(task));
    if (!idle_.empty()) {
      idle_.back()->call();
      idle_.pop_back();
    }
  }
  return true;
}

std::size_t SearchWorkers::waiting() const {
  const std::lock_guard lock(mutex_);
  return tasks_.size();
}

void SearchWorkers::stop() {
  std::vector<std::thread> ending;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    ending.swap(threads_);
    for (Idle* one : idle_) one->call();
    idle_.clear();
  }
  for (std::thread& thread : ending) thread.join();
}

void SearchWorkers::work() {
  const std::unique_ptr<SearchService> service = factory_();
  begun_.count_down();
  Idle self;
  for (;;) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      while (tasks_.empty() && !stopped_) {
        idle_.push_back(&self);
        self.wait(lock);
      }
      if (tasks_.empty()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    task(*service);
  }
}

}  // namespace carrel::query_server
