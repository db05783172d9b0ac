// What goes into an index beside its documents, held back to be written in the order of its keys.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <xapian.h>

#include "indexer/document.h"

namespace carrel::indexer {

/// Pages, sources and stems of several resources. Xapian reads and writes a block of a tree for every entry
/// that is not in the block of the one before: of 2,000 pages of manuals, whose stems are in the order of
/// their text, it wrote 54,000 blocks, in the order of the keys a few hundred.
class PendingEntries {
 public:
  void add_pages(const IndexedResource& resource);
  void add_stems(const IndexedResource& resource);

  /// Writes all and forgets it. May throw Xapian::Error, and then has forgotten nothing.
  void write(Xapian::WritableDatabase& database);

 private:
  std::vector<std::pair<std::string, std::string>> metadata_;
  std::vector<std::pair<std::string, std::string>> stems_;
};

}  // namespace carrel::indexer
