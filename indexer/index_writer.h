// The one place that writes to an index in use.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "indexer/document.h"
#include "indexer/index_folder.h"
#include "indexer/ledger.h"
#include "indexer/resource.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// What an index holds, for `status` and `plan`: read without a lock.
struct IndexState {
  std::filesystem::path generation;
  std::string revision;
  std::uint64_t resources = 0;
  std::string last_run;   ///< one line of the last update, empty when there was none
  std::string thesaurus;  ///< encoded; empty when there is none
  std::string rules;      ///< encoded; empty when there are none
  Ledger ledger;
};

/// Reads the state of the index in `directory`. Errors as current_generation and check_format have them,
/// damaged.
Result<IndexState> read_index_state(const std::filesystem::path& directory);

/// Verifies every table of the index's database (Xapian's check) and the format. Error damaged says what is
/// wrong.
Result<void> check_index(const std::filesystem::path& directory);

/// A resource as stored: its record, and for each field where its values came from.
struct StoredResource {
  schema::Record record;
  std::map<schema::FieldId, std::string> sources;
};

/// What the index holds of a resource. Errors as read_index_state, not_found.
Result<StoredResource> stored_resource(const std::filesystem::path& directory, std::string_view id);

/// An index opened for writing in place. Nothing is seen by readers before commit(), and a run that ends
/// without one leaves the index as it was. One object, one thread; one writer an index (locked).
class IndexWriter {
 public:
  /// Opens the generation that answers; a folder without one gets an empty first one with the first commit.
  /// The database is opened for writing with the first change. Errors: older_format, newer_format, damaged,
  /// unreadable, no_space.
  static Result<IndexWriter> open(IndexFolder folder);
  /// The same, with the folder opened first: errors of IndexFolder::open too.
  static Result<IndexWriter> open(const std::filesystem::path& directory);

  IndexWriter(IndexWriter&&) noexcept;
  IndexWriter& operator=(IndexWriter&&) noexcept;
  /// Drops what was not committed.
  ~IndexWriter();

  /// Adds a resource or replaces the one of the same id with its pages.
  Result<void> put(const IndexedResource& resource);
  /// The same, built here.
  Result<void> put(const Resource& resource);

  /// Removes a resource and its pages; nothing happens when there is none of this id.
  Result<void> remove(std::string_view id);

  /// What the index holds under a key of its own, encoded (kThesaurusKey, kRulesKey); empty when nothing.
  Result<std::string> metadata(std::string_view key) const;

  /// Stores it, in place of what was there.
  Result<void> put_metadata(std::string_view key, const std::string& bytes);

  /// True when so much is pending that memory asks for a commit.
  bool commit_is_due() const;

  /// Makes everything since the last commit seen, together with the ledger and one line on the run.
  Result<void> commit(std::string_view run_line);

  Ledger& ledger();
  std::uint64_t resources() const;
  std::string revision() const;

 private:
  struct State;
  explicit IndexWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace carrel::indexer
