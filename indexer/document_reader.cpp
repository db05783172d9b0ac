#include "indexer/document_reader.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

// Remembered documents wait for nothing: so many are enough to keep a writer busy.
constexpr std::size_t kMostRecalled = 16;

std::string file_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

DocumentReader::DocumentReader(PoolOptions options, ExtractionMemory* memory,
                               std::function<void(const std::string&)> note)
    : options_(std::move(options)), memory_(memory), note_(std::move(note)) {
  if (options_.workers == 0) options_.workers = std::max(1U, std::thread::hardware_concurrency());
}

Result<void> DocumentReader::submit(ReadRequest request) {
  std::optional<ContentKey> key;
  if (memory_ != nullptr && !request.known_digest.empty()) {
    std::error_code error;
    const auto bytes = fs::file_size(request.path, error);
    if (!error && recall(request, request.known_digest, bytes)) return {};
  }
  // What cannot be opened or is too large is told by the pool, as without a memory.
  if (auto read = read_content_key(request.path, options_.limits.file_bytes)) {
    if (memory_ != nullptr && recall(request, read->digest, read->stamp.size)) return {};
    key = std::move(*read);
  }
  if (!pool_) {
    auto pool = ExtractorPool::start(options_);
    if (!pool) return std::unexpected(pool.error());
    pool_ = std::move(*pool);
    if (note_) note_(to_sentence(pool_->sandbox()));
  }
  const std::uint64_t tag = next_tag_++;
  waiting_.emplace(tag, Waiting{request.tag, std::move(key)});
  pool_->submit(std::move(request.path), tag);
  return {};
}

bool DocumentReader::recall(const ReadRequest& request, const std::string& digest, std::uint64_t bytes) {
  auto answer = memory_->recall(digest, file_name(request.path));
  if (!answer) return false;
  recalled_.push_back({.outcome = {.tag = request.tag,
                                   .path = request.path,
                                   .content_hash = digest,
                                   .bytes = bytes,
                                   .seconds = 0,
                                   .result = std::move(*answer)},
                       .remembered = true});
  return true;
}

std::optional<ReadOutcome> DocumentReader::next(std::chrono::milliseconds patience) {
  if (!recalled_.empty()) {
    ReadOutcome recalled = std::move(recalled_.front());
    recalled_.pop_front();
    return recalled;
  }
  if (!pool_) return std::nullopt;
  auto outcome = pool_->next(patience);
  if (!outcome) return std::nullopt;
  auto waited = waiting_.extract(outcome->tag);
  const Waiting& waiting = waited.mapped();
  outcome->tag = waiting.tag;
  // Only this process's own hash counts: a child may have been taken over by its document. And only if the
  // child has read the bytes that were hashed.
  const bool same = waiting.key && is_still(outcome->path, waiting.key->stamp);
  outcome->content_hash = same ? waiting.key->digest : "";
  if (same && memory_ != nullptr)
    memory_->remember(waiting.key->digest, file_name(outcome->path), outcome->result);
  return ReadOutcome{.outcome = std::move(*outcome), .remembered = false};
}

std::size_t DocumentReader::pending() const {
  return recalled_.size() + waiting_.size();
}

std::size_t DocumentReader::capacity() const {
  return std::max(kMostRecalled, std::size_t{options_.workers} * 4);
}

}  // namespace carrel::indexer
