// Being told by the system (inotify) when something below the sources changes.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "indexer/source.h"

namespace carrel::indexer {

/// Watches folders with all below them, and single files. What a link leads to outside of them is not
/// watched. One thread.
class FolderWatch {
 public:
  enum class News {
    nothing,    ///< the time is over
    change,     ///< a file is another, new or gone
    structure,  ///< a folder is new, gone or elsewhere, or so much happened that some of it was lost: start
                ///< anew, then look at everything
  };

  /// Watches every folder below `places` that a listing with `options` would walk. Never fails: see
  /// trouble().
  FolderWatch(const std::vector<std::filesystem::path>& places, const ListingOptions& options);
  FolderWatch(FolderWatch&& other) noexcept;
  FolderWatch& operator=(FolderWatch&& other) noexcept;
  ~FolderWatch();

  /// Why not everything is watched, in a sentence; empty when everything is. Then somebody has to look from
  /// time to time.
  const std::string& trouble() const { return trouble_; }

  /// Waits at most `patience` for the next news. A signal ends the wait as well.
  News wait(std::chrono::milliseconds patience);

 private:
  void add_tree(const std::filesystem::path& folder, const std::string& relative);
  bool add(const std::filesystem::path& folder, const std::string& relative, const std::string& only);
  bool concerns(int number, const std::string& name) const;

  /// What of a folder is of interest.
  struct Watched {
    std::string relative;           ///< below its place
    std::vector<std::string> only;  ///< names; empty: all, without hidden and excluded ones
  };

  int descriptor_ = -1;
  ListingOptions options_;
  std::map<int, Watched> watched_;
  std::string trouble_;
};

}  // namespace carrel::indexer
