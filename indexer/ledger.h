// What the index remembers of every file it has met: how to see that it is unchanged, and what became of it.
// The ledger lies in the index itself, so it is always of the same commit as the documents.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/source.h"

namespace carrel::indexer {

/// One file as last seen. `code` is empty for a file that is in the index, else the reason why it is not
/// (extraction reason codes, noindex, duplicate-id).
struct LedgerEntry {
  ListedFile file;
  std::string content_hash;   ///< ContentKey::digest; empty when it could not be read
  std::string settings_hash;  ///< of catalogue row, extractor version and options that shaped its fields
  std::string id;             ///< of its resource; empty when it is not in the index
  std::string url;            ///< address of its resource, to find its catalogue row again
  std::string code;
  std::string text;  ///< the reason in a sentence
  std::uint64_t pages = 0;
  std::uint64_t characters = 0;
  std::vector<std::string> warnings;  ///< "code: sentence"
};

/// Files by absolute path. Kept in buckets of metadata, of which only the changed ones are written again: a
/// run that changes ten files of 50,000 writes ten buckets.
class Ledger {
 public:
  static constexpr std::size_t kBuckets = 256;

  /// Metadata key of a bucket.
  static std::string bucket_key(std::size_t bucket);

  /// Reads one bucket's value; malformed rests are dropped, so their files are read again.
  void load_bucket(std::string_view value);

  const LedgerEntry* find(const std::string& path) const;
  void put(LedgerEntry entry);
  void erase(const std::string& path);

  /// All entries by path.
  const std::map<std::string, LedgerEntry>& entries() const { return entries_; }

  /// The buckets changed since the last call, as key and value; forgets that they changed.
  std::vector<std::pair<std::string, std::string>> take_changed();

 private:
  static std::size_t bucket_of(std::string_view path);

  std::map<std::string, LedgerEntry> entries_;
  std::vector<bool> changed_ = std::vector<bool>(kBuckets);
};

}  // namespace carrel::indexer
