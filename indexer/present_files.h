// Whether files are there.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "indexer/source.h"

namespace carrel::indexer {

/// Knows the listed files, and asks the file system of others once. One thread.
class PresentFiles {
 public:
  /// The listings must outlive it.
  explicit PresentFiles(const std::vector<SourceListing>& listings) : listings_(listings) {}

  /// True when there is a file or folder at this absolute path.
  bool has(const std::string& path);

 private:
  const std::vector<SourceListing>& listings_;
  std::unordered_set<std::string_view> listed_;  ///< filled at the first question
  std::unordered_map<std::string, bool> asked_;
};

}  // namespace carrel::indexer
