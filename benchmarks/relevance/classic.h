// Published figures made again: models whose results on public collections are known, to tell that words,
// counts and measures are right before anything is tuned.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "benchmarks/relevance/collection.h"
#include "benchmarks/relevance/measures.h"

namespace carrel::relevance {

struct ClassicRow {
  std::string model;
  Measures mean;
};

/// Ranks whole documents (title and text as one) by InL2, PL2 and DPH as Terrier has them, BM25 as Lucene has
/// it (k1 .9, b .4), and IneB2 once by Xapian and once by the formula of the second stage. `stemmer` is a
/// name that Xapian knows ("porter"); `stop_words` are left out of documents and queries.
std::vector<ClassicRow> classic_models(const std::vector<CollectionDocument>& documents,
                                       const std::vector<Judged>& queries, std::string_view stemmer,
                                       const std::vector<std::string>& stop_words);

}  // namespace carrel::relevance
