// Judged collections: what is indexed, what is asked, and which resources answer how well.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "search/schema/result.h"

namespace carrel::relevance {

struct CollectionDocument {
  std::string id;
  std::string title;
  std::vector<std::string> pages;  ///< the text divided at form feeds
};

/// What is right for one query.
struct Judged {
  std::string id;
  std::string text;
  std::map<std::string, int> grades;                ///< by resource; 0 and less: not relevant
  std::map<std::string, std::set<unsigned>> pages;  ///< pages of a PDF that answer; not there: any page
};

/// Reads `corpus.jsonl` of a folder in BEIR layout. Errors: not_found, damaged with the line.
Result<std::vector<CollectionDocument>> read_documents(const std::filesystem::path& folder);

/// Reads `queries.jsonl` and `qrels.tsv` or `qrels/test.tsv`, with a header or without, of three columns or
/// TREC's four. Only queries with judgements are given, in the order of the file.
Result<std::vector<Judged>> read_queries(const std::filesystem::path& folder);

/// Reads judgements as corpus/judgements.tsv has them: query, id, grade, pages, with a header.
Result<std::vector<Judged>> read_judgements(const std::filesystem::path& file);

}  // namespace carrel::relevance
