// Answers that were given before, kept in memory alone and never longer than their revision.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "query-server/http_message.h"

namespace carrel::query_server {

/// Keeps the answers used last, within a bound of bytes. Any thread. Keys are kept as hashes of 128 bits with
/// a seed of the process's own, so that what was asked does not stand beside its answer.
class AnswerCache {
 public:
  /// 0 bytes: keeps nothing.
  explicit AnswerCache(std::size_t bytes);

  /// The answer to `asked` at `revision`, when it is there.
  std::shared_ptr<const HttpResponse> find(std::string_view revision, std::string_view asked);

  /// Keeps an answer; one that alone is larger than a quarter of the bound is not kept. An answer of another
  /// revision than the last one empties the cache first.
  void keep(std::string_view revision, std::string_view asked, HttpResponse answer);

  struct Counts {
    std::size_t bytes = 0;
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
  };
  Counts counts() const;

 private:
  struct Key {
    std::uint64_t high;
    std::uint64_t low;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const { return key.low; }
  };
  struct Entry {
    Key key;
    std::size_t bytes;
    std::shared_ptr<const HttpResponse> answer;
  };

  Key key_of(std::string_view asked) const;
  void follow(std::string_view revision);

  const std::size_t most_;
  const std::uint64_t seed_;
  mutable std::mutex mutex_;
  std::string revision_;
  std::list<Entry> entries_;  ///< used last first
  std::unordered_map<Key, std::list<Entry>::iterator, Hash> by_key_;
  Counts counts_;
};

}  // namespace carrel::query_server
