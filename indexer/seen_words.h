// Which words have been met before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace carrel::indexer {

/// A set of words that keeps 64 bits of hash of each: every word of every text is asked for, and a set of strings
/// waits for memory three times where this one waits once. Two words of one hash are taken for one: the odds that
/// there are any among a million words are one in thirty million.
class SeenWords {
 public:
  /// True the first time that it is called with a word.
  bool add(std::string_view word) {
    const std::uint64_t hash = std::hash<std::string_view>()(word) | 1U;  // 0: an empty place
    if (size_ * 2 >= places_.size()) grow();
    std::uint64_t& place = place_of(hash);
    if (place == hash) return false;
    place = hash;
    ++size_;
    return true;
  }

  std::size_t size() const { return size_; }

  void clear() {
    places_.clear();
    size_ = 0;
  }

 private:
  std::uint64_t& place_of(std::uint64_t hash) {
    // The highest bits: the lowest is always set.
    std::size_t at = static_cast<std::size_t>(hash >> 32U) & (places_.size() - 1);
    while (places_[at] != 0 && places_[at] != hash) at = (at + 1) & (places_.size() - 1);
    return places_[at];
  }

  void grow() {
    std::vector<std::uint64_t> before(places_.empty() ? std::size_t{1} << 10U : places_.size() * 2);
    before.swap(places_);
    for (const std::uint64_t hash : before) {
      if (hash != 0) place_of(hash) = hash;
    }
  }

  std::vector<std::uint64_t> places_;  ///< a power of two of them, at most half of them taken
  std::size_t size_ = 0;
};

}  // namespace carrel::indexer
