#include "indexer/pending_entries.h"

#include <algorithm>

namespace carrel::indexer {

void PendingEntries::add_pages(const IndexedResource& resource) {
  metadata_.insert(metadata_.end(), resource.pages.begin(), resource.pages.end());
  metadata_.emplace_back(sources_key(resource.id), resource.sources);
}

void PendingEntries::add_stems(const IndexedResource& resource) {
  stems_.insert(stems_.end(), resource.stems.begin(), resource.stems.end());
}

void PendingEntries::write(Xapian::WritableDatabase& database) {
  // Of equal keys the last value counts.
  std::ranges::stable_sort(metadata_, {}, &std::pair<std::string, std::string>::first);
  std::ranges::sort(stems_);
  for (const auto& [key, value] : metadata_) database.set_metadata(key, value);
  for (const auto& [key, form] : stems_) database.add_synonym(key, form);
  metadata_.clear();
  stems_.clear();
}

}  // namespace carrel::indexer
