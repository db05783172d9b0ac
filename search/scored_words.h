// What a query looks for, with how common it is in the collection.
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "search/query_builder.h"
#include "search/term_frequencies.h"

namespace carrel::search {

/// One target of a query, or one word of a soft target, each counted once however often the query has it.
struct ScoredWord {
  std::vector<std::vector<std::string>> slots;  ///< as Target has them; one slot: a word in all its forms
  std::string typed;                            ///< as Target has it
  double times = 1;                             ///< how often the query asks for it, less its weight
  bool other = false;                           ///< another word for typed ones, from the thesaurus
  double frequency = 0;                         ///< how often it occurs in the collection
  double documents = 0;                         ///< in how many resources
};

/// How many resources have at least one of some forms, counted once a revision of the index and remembered:
/// estimates from the forms' own numbers cost nDCG@10 .004 to .01. One object, one thread.
class FamilySizes {
 public:
  double of(const Xapian::Database& database, const std::vector<std::string>& forms,
            TermFrequencies& frequencies);

  /// To be called when the index has another revision.
  void forget() { known_.clear(); }

 private:
  std::unordered_map<std::string, double> known_;
};

/// The words of a query's targets. Reads frequencies alone.
std::vector<ScoredWord> scored_words(const Xapian::Database& database, std::span<const Target> targets,
                                     FamilySizes& sizes, TermFrequencies& frequencies);

}  // namespace carrel::search
