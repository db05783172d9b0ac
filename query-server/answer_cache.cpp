#include "query-server/answer_cache.h"

#include <random>
#include <utility>

#include <xxhash.h>

namespace carrel::query_server {
namespace {

/// What an entry costs beside its body: the list node, the map's, the response, short fields.
constexpr std::size_t kOverhead = 512;

std::uint64_t random_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

std::size_t size_of(const HttpResponse& answer) {
  std::size_t bytes = kOverhead + answer.body.size();
  for (const Header& field : answer.headers) bytes += field.name.size() + field.value.size();
  return bytes;
}

}  // namespace

AnswerCache::AnswerCache(std::size_t bytes) : most_(bytes), seed_(random_seed()) {}

AnswerCache::Key AnswerCache::key_of(std::string_view asked) const {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(asked.data(), asked.size(), seed_);
  return {hash.high64, hash.low64};
}

void AnswerCache::follow(std::string_view revision) {
  if (revision_ == revision) return;
  revision_ = revision;
  by_key_.clear();
  entries_.clear();
  counts_.bytes = 0;
}

std::shared_ptr<const HttpResponse> AnswerCache::find(std::string_view revision, std::string_view asked) {
  if (most_ == 0) return nullptr;
  const Key key = key_of(asked);
  const std::lock_guard lock(mutex_);
  const auto found = revision_ == revision ? by_key_.find(key) : by_key_.end();
  if (found == by_key_.end()) {
    ++counts_.misses;
    return nullptr;
  }
  ++counts_.hits;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->answer;
}

void AnswerCache::keep(std::string_view revision, std::string_view asked, HttpResponse answer) {
  const std::size_t bytes = size_of(answer);
  if (bytes > most_ / 4) return;
  const Key key = key_of(asked);
  auto shared = std::make_shared<const HttpResponse>(std::move(answer));
  const std::lock_guard lock(mutex_);
  follow(revision);
  if (by_key_.contains(key)) return;
  entries_.push_front({key, bytes, std::move(shared)});
  by_key_[key] = entries_.begin();
  counts_.bytes += bytes;
  while (counts_.bytes > most_) {
    counts_.bytes -= entries_.back().bytes;
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

AnswerCache::Counts AnswerCache::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

}  // namespace carrel::query_server
