// The copies of documents fetched from the web: files below one folder, and what is known of each.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/fetch/web_address.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// One address, with its copy when there is one.
struct FetchedCopy {
  std::string file;  ///< below the folder; empty: there is no copy
  std::string etag;
  std::string last_modified;
  std::string content_type;
  std::int64_t fetched = 0;            ///< when the copy last changed, seconds since 1970
  std::int64_t checked = 0;            ///< when the site last answered for it
  std::int64_t missing_since = 0;      ///< when the site first said that it is not there; 0: it is there
  std::string failure;                 ///< of the last try; empty: it went well
  std::vector<std::string> listed_by;  ///< lists that name the address

  friend bool operator==(const FetchedCopy&, const FetchedCopy&) = default;
};

/// Copies are replaced at once or not at all, also when the program is killed: what is known of them is
/// written after them, and a copy of which nothing is known is fetched once more. One object at a time.
class CopyStore {
 public:
  /// Opens the folder, which is made at need. Errors: unreadable, damaged (the file of what is known; its
  /// line is named), no_space.
  static Result<CopyStore> open(std::filesystem::path folder);

  const std::map<std::string, FetchedCopy>& copies() const { return copies_; }
  FetchedCopy& of(const std::string& url) { return copies_[url]; }
  bool knows(const std::string& url) const { return copies_.contains(url); }

  /// Puts `content` in the place of an address's copy. False when it already has this content and stays
  /// untouched. `modified` is the time of the file, seconds since 1970.
  Result<bool> put(const WebAddress& address, std::string_view content, std::string_view content_type,
                   std::optional<std::int64_t> modified);

  /// Removes the copy of an address, and the folders that are empty then. What is known stays.
  void drop_file(const std::string& url);
  /// Forgets an address with its copy.
  void forget(const std::string& url);

  /// Writes what is known.
  Result<void> save() const;

 private:
  explicit CopyStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::string free_name(const WebAddress& address, std::string_view content_type) const;

  std::filesystem::path folder_;
  std::map<std::string, FetchedCopy> copies_;  ///< by url
  std::map<std::string, std::string> owners_;  ///< url by file
};

/// Where an index keeps copies.
std::filesystem::path copies_folder(const std::filesystem::path& index);

/// The addresses of the files below a folder of copies: absolute path and url. Empty when there is none.
/// Errors as CopyStore::open.
Result<std::vector<std::pair<std::string, std::string>>> copy_addresses(const std::filesystem::path& folder);

}  // namespace carrel::indexer
