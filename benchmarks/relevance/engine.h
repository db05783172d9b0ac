// A collection indexed and answered by the code of the real programs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "benchmarks/relevance/collection.h"
#include "benchmarks/relevance/measures.h"
#include "search/request.h"
#include "search/searcher.h"

namespace carrel::relevance {

/// Writes the documents into an index in `directory` as carrel-index rebuild does with what it has
/// extracted.
/// `language` is the BCP 47 tag of all of them.
Result<void> index_documents(const std::filesystem::path& directory,
                             const std::vector<CollectionDocument>& documents, const std::string& language);

/// How often the first passages of judged answers lie on judged pages.
struct PageAccuracy {
  std::size_t answers = 0;          ///< pairs of query and resource with judged pages
  std::size_t found = 0;            ///< of them among the first kPageDepth hits
  std::size_t first_right = 0;      ///< of those, the first passage is on a judged page
  std::size_t any_right = 0;        ///< one of the passages is
  std::vector<std::string> misses;  ///< a line each, for people
};

struct QueryRun {
  const Judged* judged = nullptr;
  std::vector<std::string> ranking;  ///< at most kDepth ids
  Measures measures;
  double milliseconds = 0;  ///< a whole answer: 10 hits, 3 passages each, all facets
};

struct Run {
  std::vector<QueryRun> queries;  ///< those that have a relevant resource
  Measures mean;
  double milliseconds = 0;
  PageAccuracy pages;
};

/// Hits of which page accuracy looks at the passages.
inline constexpr std::size_t kPageDepth = 50;

/// Asks all queries. Words are never cut away: limits are those of a query of 64 KiB.
Result<Run> run_queries(search::Searcher& searcher, const std::vector<Judged>& queries);

}  // namespace carrel::relevance
