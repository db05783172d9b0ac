// Fixed sets of short names (elements, words of classes), and what each of them means, asked for each element
// of each page.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/extract/markup_name.h"

namespace carrel::indexer {

/// Where a name begins to look in a table of 2^(64 - shift) places (Fibonacci hashing: Knuth, The Art of
/// Computer Programming 3, 6.4).
constexpr std::size_t place_of(const MarkupName& name, unsigned shift) {
  return static_cast<std::size_t>(name.key() * 0x9e3779b97f4a7c15U >> shift);
}

/// Built by the compiler.
template <std::size_t N>
class NameSet {
 public:
  consteval explicit NameSet(std::array<std::string_view, N> names) {
    for (const std::string_view name : names) {
      if (name.empty()) {
        holds_empty_ = true;  // an empty place in the table is an empty name
        continue;
      }
      std::size_t at = place_of(name, kShift);
      while (!places_[at].empty()) at = (at + 1) % places_.size();
      places_[at] = name;
    }
  }

  constexpr bool contains(const MarkupName& name) const {
    if (name.empty()) return holds_empty_;
    for (std::size_t at = place_of(name, kShift); !places_[at].empty(); at = (at + 1) % places_.size()) {
      if (places_[at] == name) return true;
    }
    return false;
  }

 private:
  // At most a quarter of the places are taken: most questions end at the first.
  static constexpr unsigned kShift = 62 - std::bit_width(N);
  std::array<MarkupName, std::size_t{1} << (64 - kShift)> places_{};
  bool holds_empty_ = false;
};

/// Bits that are said of names.
class NameBits {
 public:
  using Bits = std::uint32_t;

  /// Each row: bits, and the names that have them, parted by blanks. A name may stand in several rows.
  NameBits(std::initializer_list<std::pair<Bits, std::string_view>> rows) {
    std::size_t names = 0;
    for (const auto& row : rows) names += 1 + static_cast<std::size_t>(std::ranges::count(row.second, ' '));
    shift_ = 62 - static_cast<unsigned>(std::bit_width(names));
    places_.resize(std::size_t{1} << (64 - shift_));
    for (auto [bits, list] : rows) {
      while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        place_for(list.substr(0, end)).second |= bits;
        list.remove_prefix(std::min(end + 1, list.size()));
      }
    }
  }

  /// 0 for a name that nothing is said of.
  Bits of(const MarkupName& name) const {
    for (std::size_t at = place_of(name, shift_); !places_[at].first.empty();
         at = (at + 1) % places_.size()) {
      if (places_[at].first == name) return places_[at].second;
    }
    return 0;
  }

 private:
  std::pair<MarkupName, Bits>& place_for(const MarkupName& name) {
    std::size_t at = place_of(name, shift_);
    while (!places_[at].first.empty() && !(places_[at].first == name)) at = (at + 1) % places_.size();
    places_[at].first = name;
    return places_[at];
  }

  unsigned shift_ = 0;
  std::vector<std::pair<MarkupName, Bits>> places_;
};

}  // namespace carrel::indexer
