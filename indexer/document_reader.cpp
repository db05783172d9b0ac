#include "indexer/document_reader.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace carrel::indexer {

DocumentReader::DocumentReader(PoolOptions options, std::function<void(const std::string&)> note)
    : options_(std::move(options)), note_(std::move(note)) {
  if (options_.workers == 0) options_.workers = std::max(1U, std::thread::hardware_concurrency());
}

Result<void> DocumentReader::submit(ReadRequest request) {
  if (!pool_) {
    auto pool = ExtractorPool::start(options_);
    if (!pool) return std::unexpected(pool.error());
    pool_ = std::move(*pool);
    if (note_) note_(to_sentence(pool_->sandbox()));
  }
  pool_->submit(std::move(request.path), request.tag);
  return {};
}

std::optional<ReadOutcome> DocumentReader::next(std::chrono::milliseconds patience) {
  if (!pool_) return std::nullopt;
  auto outcome = pool_->next(patience);
  if (!outcome) return std::nullopt;
  return ReadOutcome{.outcome = std::move(*outcome)};
}

std::size_t DocumentReader::pending() const {
  return pool_ ? pool_->pending() : 0;
}

std::size_t DocumentReader::capacity() const {
  return std::size_t{options_.workers} * 4;
}

}  // namespace carrel::indexer
