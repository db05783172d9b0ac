// What queries and resources are about, as an index tells it.
#pragma once

#include <span>
#include <vector>

#include <xapian.h>

#include "search/schema/topics.h"
#include "search/scored_words.h"

namespace carrel::search {

/// Remembers what it has read of an index. One object, one thread.
class TopicReader {
 public:
  /// Where a query of these words lies among the topics; nowhere in an index without topics.
  schema::TopicPlace place_of(const Xapian::Database& database, std::span<const ScoredWord> words);

  /// Of each of `documents`; nothing of those that the index has no topics of. Throws Xapian::Error.
  static std::vector<schema::TopicVector> read(const Xapian::Database& database,
                                               std::span<const Xapian::docid> documents);

  /// To be called when the index has another revision.
  void forget() { stems_.forget(); }

 private:
  schema::TopicWords words_;
  schema::StoredTopicStems stems_;
};

}  // namespace carrel::search
