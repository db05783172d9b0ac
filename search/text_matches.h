// Where a text shows what a query asks for.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/query_builder.h"
#include "search/schema/tokenizer.h"

namespace carrel::search {

/// One place in a text, in bytes; `target` is the index of the query's target that it shows.
struct TextMatch {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint32_t target = 0;
};

/// Finds a query's targets in texts; made once a query. Refers to `targets` while it lives.
class TextMatcher {
 public:
  explicit TextMatcher(std::span<const Target> targets);

  /// All matches in the order of their beginnings, none overlapping. Words side by side that belong together
  /// are one match.
  std::vector<TextMatch> find(std::string_view text) const;

 private:
  struct Use {
    std::uint32_t target;
    std::uint32_t slot;
  };
  std::span<const Target> targets_;
  std::unordered_map<std::string_view, std::vector<Use>> uses_;
  schema::WordFilter filter_;
  bool names_identifiers_ = false;  ///< some target is a law, a form, a visa or a number
};

}  // namespace carrel::search
