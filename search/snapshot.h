// What is worked out once for a revision of the index and then shared by every thread that answers from it.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "search/facet_columns.h"
#include "search/vocabulary.h"

namespace Xapian {
class Database;
}

namespace carrel::search {

/// Immutable but for the vocabulary, which is read at the first need of it.
class Snapshot {
 public:
  /// Reads columns and languages. Throws Xapian::Error.
  static std::shared_ptr<const Snapshot> load(const Xapian::Database& database, std::string revision);

  const std::string& revision() const { return revision_; }
  const FacetColumns& columns() const { return columns_; }

  /// Base languages ("en", "es") of the resources, sorted.
  const std::vector<std::string>& languages() const { return languages_; }

  /// The words of the documents; read from `database`, which must be at this revision, by the first caller.
  const Vocabulary& vocabulary(const Xapian::Database& database) const;

 private:
  std::string revision_;
  FacetColumns columns_;
  std::vector<std::string> languages_;
  mutable std::mutex reading_;
  mutable std::unique_ptr<const Vocabulary> vocabulary_;
};

/// Gives all threads on one index the same snapshot of a revision. Safe to call from several threads.
class SnapshotCache {
 public:
  std::shared_ptr<const Snapshot> get(const Xapian::Database& database, const std::string& revision);

 private:
  std::mutex loading_;
  std::shared_ptr<const Snapshot> newest_;
};

}  // namespace carrel::search
