// What is worked out once for a revision of the index and then shared by every thread that answers from it.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "search/facet_columns.h"
#include "search/unit_statistics.h"
#include "search/label_index.h"
#include "search/rule_book.h"
#include "search/suggestion_index.h"
#include "search/version_sets.h"
#include "search/vocabulary.h"

namespace Xapian {
class Database;
}

namespace carrel::search {

/// Immutable but for the vocabulary and the suggestions, which are read at the first need of them.
class Snapshot {
 public:
  /// Reads columns and languages. Throws Xapian::Error.
  static std::shared_ptr<const Snapshot> load(const Xapian::Database& database, std::string revision);

  const std::string& revision() const { return revision_; }
  /// As Answer::collection and Answer::thesaurus.
  const std::string& collection() const { return collection_; }
  const std::string& thesaurus() const { return thesaurus_; }

  const FacetColumns& columns() const { return columns_; }

  /// How large the collection is in pages.
  const UnitStatistics& units() const { return units_; }

  /// Base languages ("en", "es") of the resources, sorted.
  const std::vector<std::string>& languages() const { return languages_; }

  /// Which resources are versions of one work.
  const VersionSets& versions() const { return versions_; }

  /// The thesaurus; empty when the index has none or one that cannot be read.
  const LabelIndex& labels() const { return *labels_; }

  /// The librarians' rules; empty when the index has none or some that cannot be read. Outlives the snapshot
  /// for whoever holds it.
  const std::shared_ptr<const RuleBook>& rules() const { return rules_; }

  /// The words of the documents; read from `database`, which must be at this revision, by the first caller.
  const Vocabulary& vocabulary(const Xapian::Database& database) const;

  /// What is offered while somebody types; made in the same way.
  const SuggestionIndex& suggestions(const Xapian::Database& database) const;

 private:
  std::string revision_;
  std::string collection_;
  std::string thesaurus_;
  FacetColumns columns_;
  UnitStatistics units_;
  VersionSets versions_;
  std::vector<std::string> languages_;
  std::unique_ptr<const LabelIndex> labels_;
  std::shared_ptr<const RuleBook> rules_;
  mutable std::mutex reading_;
  mutable std::unique_ptr<const Vocabulary> vocabulary_;
  mutable std::unique_ptr<const SuggestionIndex> suggestions_;
};

/// Gives all threads on one index the same snapshot of a revision. Safe to call from several threads.
class SnapshotCache {
 public:
  std::shared_ptr<const Snapshot> get(const Xapian::Database& database, const std::string& revision);

  /// The one that any of the threads took last; nullptr before the first.
  std::shared_ptr<const Snapshot> newest() const;

 private:
  mutable std::mutex loading_;
  std::shared_ptr<const Snapshot> newest_;
};

}  // namespace carrel::search
