// What the index remembers of every file it has met: how to see that it is unchanged, and what became of it.
// The ledger lies in the index itself, so it is always of the same commit as the documents.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "indexer/links.h"
#include "indexer/near_duplicates.h"
#include "indexer/source.h"

namespace carrel::indexer {

/// One file as last seen. `code` is empty for a file that is in the index, else the reason why it is not
/// (extraction reason codes, noindex, duplicate-id).
struct LedgerEntry {
  ListedFile file;
  bool look_again = false;    ///< it had just been changed when it was looked at: its time proves nothing
  std::string content_hash;   ///< ContentKey::digest; empty when it could not be read
  std::string settings_hash;  ///< of catalogue row, extractor version and options that shaped its fields
  std::string id;             ///< of its resource; empty when it is not in the index
  std::string url;            ///< address of its resource, to find its catalogue row again
  std::string added;          ///< day on which its resource came into the index
  std::string code;
  std::string text;  ///< the reason in a sentence
  std::uint64_t pages = 0;
  std::uint64_t characters = 0;
  std::vector<std::string> warnings;      ///< "code: sentence"
  std::uint64_t unread_pages = 0;         ///< pictures of text that nobody has tried to recognise
  std::string recognised_in;              ///< languages of Tesseract in which its pages were recognised
  Signature signature;                    ///< of its text
  std::vector<std::uint64_t> links;       ///< link_name() of where its links lead in the library
  std::vector<LibraryLink> broken_links;  ///< those of them that lead nowhere
};

/// The part of an entry that a plan asks for, without a copy of anything. Views are valid as long as the
/// ledger and until the entry is put or erased.
struct LedgerGlance {
  std::string_view path;
  std::string_view relative;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  std::uint64_t inode = 0;
  bool look_again = false;
  std::string_view settings_hash;
  std::string_view id;
  std::string_view url;
  std::string_view code;
  std::string_view packed_content;  ///< of LedgerEntry::content_hash
  std::uint64_t unread_pages = 0;
  std::string_view recognised_in;
  std::string_view packed_signature;
  std::string_view packed_links;
  std::string_view packed_broken_links;
  std::string_view packed_warnings;
};

/// What the packed parts of a glance hold.
Signature signature_of(const LedgerGlance& at);
bool links_to(const LedgerGlance& at, const std::unordered_set<std::uint64_t>& names);
std::vector<std::string> warnings_of(const LedgerGlance& at);

/// Files by absolute path. Entries stay as the bytes that the index holds and are decoded when somebody asks,
/// so that looking over 50,000 of them costs milliseconds. Kept in buckets of metadata, of which only the
/// changed ones are written again: a run that changes ten files of 50,000 writes ten buckets.
class Ledger {
 public:
  static constexpr std::size_t kBuckets = 1024;

  Ledger() = default;
  Ledger(Ledger&&) = default;
  Ledger& operator=(Ledger&&) = default;

  /// Metadata key of a bucket.
  static std::string bucket_key(std::size_t bucket);

  /// Takes one bucket's value; malformed rests are dropped, so their files are read again.
  void load_bucket(std::string value);

  /// So many entries are coming; costs nothing but memory when it is wrong.
  void expect(std::size_t entries) { entries_.reserve(entries); }

  std::size_t size() const { return entries_.size(); }
  bool contains(std::string_view path) const { return entries_.contains(path); }

  /// False when nothing is remembered of `path`.
  bool glance(std::string_view path, LedgerGlance& at) const;

  /// The whole entry; nothing when nothing is remembered of `path`.
  std::optional<LedgerEntry> find(std::string_view path) const;

  void put(const LedgerEntry& entry);
  void erase(std::string_view path);

  /// Calls `visit` for each entry, in no order.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    LedgerGlance at;
    for (const auto& [path, bytes] : entries_) {
      if (decode(bytes, at)) visit(static_cast<const LedgerGlance&>(at));
    }
  }

  /// The content of every file, as LedgerEntry::content_hash has it.
  std::unordered_set<std::string> contents() const;

  /// All entries, whole, by path.
  std::vector<LedgerEntry> entries() const;

  /// The buckets changed since the last call, as key and value; forgets that they changed. The value depends
  /// on what the bucket holds alone, not on how it came there.
  std::vector<std::pair<std::string, std::string>> take_changed();

 private:
  static std::size_t bucket_of(std::string_view path);
  static bool decode(std::string_view bytes, LedgerGlance& at);

  // The bytes of entries and the views into them that are keys. What is replaced stays in the storage until
  // the ledger goes: a run replaces an entry once or twice.
  std::deque<std::string> storage_;
  std::unordered_map<std::string_view, std::string_view> entries_;
  std::vector<bool> changed_ = std::vector<bool>(kBuckets);
};

}  // namespace carrel::indexer
