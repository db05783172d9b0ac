// The search library behind the interface that handlers see.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

#include "query-server/search_service.h"
#include "search/searcher.h"

namespace carrel::query_server {

/// One open index that workers take their handles from. Any thread.
class SharedIndex {
 public:
  /// Errors as Searcher::open.
  static Result<std::shared_ptr<SharedIndex>> open(const std::string& directory);

  /// A handle of its own for one thread, on the newest revision.
  Result<search::Searcher> handle();

 private:
  explicit SharedIndex(search::Searcher first) : first_(std::move(first)) {}
  std::mutex mutex_;
  search::Searcher first_;
};

/// Makes services that open their handle when they are made, or when it cannot be opened then, later. One
/// pass over the matches of a search takes no longer than `time`.
SearchServiceFactory searcher_services(std::shared_ptr<SharedIndex> index, std::chrono::milliseconds time);

}  // namespace carrel::query_server
