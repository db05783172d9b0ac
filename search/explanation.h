// Why a hit is where it is, in plain words.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace carrel::search {

/// Where one target of the query occurs in a resource.
struct Finding {
  std::string word;  ///< as asked for
  std::uint64_t times = 0;
  bool in_front = false;             ///< in title or abstract
  std::vector<std::uint32_t> pages;  ///< ascending, each once
};

/// "“labor” 14 times (title or abstract, pages 2, 7–9); “bondage” not at all. Score 3.21".
std::string explain(const std::vector<Finding>& findings, double score);

}  // namespace carrel::search
