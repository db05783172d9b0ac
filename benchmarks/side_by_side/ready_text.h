// Resources whose text is at hand, as JSON Lines: what Carrel and the engines beside it are given to index.
#pragma once

#include <fstream>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/resource.h"
#include "search/schema/result.h"

namespace carrel::benchmarks {

/// One line as a resource: members named like fields are its fields (texts, or arrays of texts), `text` is
/// its pages, parted by form feeds. Error damaged.
Result<indexer::Resource> parse_ready_text(std::string_view line);

/// The lines of a file for several threads.
class LineSource {
 public:
  explicit LineSource(const std::string& path) : in_(path, std::ios::binary) {}

  bool is_open() const { return in_.is_open(); }

  /// The next lines, at most `most`; none at the end.
  std::vector<std::string> take(std::size_t most);

 private:
  std::mutex mutex_;
  std::ifstream in_;
};

}  // namespace carrel::benchmarks
