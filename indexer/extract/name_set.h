// A fixed set of short names (elements, words of classes) that is asked for each element of each page.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace carrel::indexer {

/// Built by the compiler. Most names that are asked for are not in the set and of a length that none in it
/// has.
template <std::size_t N>
class NameSet {
 public:
  consteval explicit NameSet(std::array<std::string_view, N> names) : names_(names) {
    std::ranges::sort(names_);
    for (const std::string_view name : names_) lengths_ |= bit_of(name.size());
  }

  constexpr bool contains(std::string_view name) const {
    return (lengths_ & bit_of(name.size())) != 0 && std::ranges::binary_search(names_, name);
  }

 private:
  static constexpr std::uint64_t bit_of(std::size_t length) {
    return std::uint64_t{1} << std::min<std::size_t>(length, 63);
  }

  std::array<std::string_view, N> names_;
  std::uint64_t lengths_ = 0;
};

}  // namespace carrel::indexer
