// What relevance is asked to do.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "search/ranking.h"
#include "search/schema/result.h"

namespace carrel::relevance {

struct Arguments {
  std::vector<std::string> folders;      ///< collections in BEIR layout
  std::string judgements;                ///< a file as corpus/judgements.tsv, with `index`
  std::string index;                     ///< the index that `judgements` speaks of
  std::string indexes;                   ///< where indexes are kept for the next run; empty: nowhere
  std::string run;                       ///< TREC run file to write
  std::string language = "en";           ///< of the collections
  std::map<std::string, double> floors;  ///< by name of the measure: the least that is good
  search::Ranking ranking;
  std::string classic;     ///< name of a stemmer: published models instead of the engine
  std::string stop_words;  ///< file with the stop words of `classic`, one a line; empty: none
  bool list = false;
  bool help = false;
};

/// Errors: usage, with a hint.
Result<Arguments> read_arguments(int argc, char** argv);

std::string usage();

}  // namespace carrel::relevance
