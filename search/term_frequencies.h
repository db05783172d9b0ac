// How often terms occur in the collection.
#pragma once

#include <string>
#include <unordered_map>

#include <xapian.h>

namespace carrel::search {

/// For one revision of an index: ranking, passages and spelling ask for the same terms one after the other,
/// and the next query for many of them again. One object, one thread.
class TermFrequencies {
 public:
  struct Entry {
    Xapian::doccount documents = 0;     ///< resources that have the term
    Xapian::termcount occurrences = 0;  ///< how often they have it
  };

  /// Zeros for a term that nothing has. Throws Xapian::Error.
  Entry of(const Xapian::Database& database, const std::string& term);

  /// To be called when the index has another revision.
  void forget() { known_.clear(); }

 private:
  std::unordered_map<std::string, Entry> known_;
};

}  // namespace carrel::search
