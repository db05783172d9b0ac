#include "indexer/present_files.h"

#include <filesystem>
#include <system_error>

namespace carrel::indexer {

bool PresentFiles::has(const std::string& path) {
  if (listed_.empty()) {
    for (const SourceListing& listing : listings_) {
      for (const ListedFile& file : listing.files) listed_.insert(file.path);
    }
  }
  if (listed_.contains(path)) return true;
  const auto [known, fresh] = asked_.try_emplace(path, false);
  std::error_code error;
  if (fresh) known->second = std::filesystem::exists(path, error);
  return known->second;
}

}  // namespace carrel::indexer
