// What a searcher asks: validated, independent of whether it came by command line or HTTP.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "search/schema/fields.h"

namespace carrel::search {

/// The values chosen for one field: OR within, AND across fields.
struct Selection {
  schema::FieldId field;
  std::vector<std::string> values;
};

enum class Sort { relevance, date_ascending, date_descending, title, added_ascending, added_descending };

/// How far a query goes beyond the words typed: `strict` means no stemming, no thesaurus, no spelling.
enum class Mode { standard, strict };

/// Bounds on a query before it reaches the matcher (public defaults; the command line goes deeper).
struct QueryLimits {
  std::size_t bytes = 512;
  std::size_t words = 64;
  std::size_t nesting = 20;
  std::size_t wildcard_terms = 200;
  std::chrono::milliseconds time{1000};  ///< for one pass over the matches
};

struct Request {
  std::string q;                      ///< UTF-8 as typed; may be empty: everything (browse)
  std::vector<Selection> selections;  ///< facet and filter fields, each field once
  std::string year;                   ///< "2015..2020", "..2020", "2019"; empty: no bound
  std::string date;                   ///< "2019-06..", partial dates; empty: no bound
  Sort sort = Sort::relevance;
  std::size_t offset = 0;
  std::size_t limit = 20;
  std::optional<std::vector<schema::FieldId>> facets;  ///< which to count; nothing: all
  std::size_t facet_values = 20;                       ///< values listed a facet (the selected ones always)
  std::size_t passages = 3;                            ///< at most so many a hit
  Mode mode = Mode::standard;
  bool join_versions = true;           ///< translations and editions of one work are one hit
  bool correct = true;                 ///< a query without a hit is searched as corrected, and that is said
  bool expand = true;                  ///< other words of the thesaurus are searched too
  std::vector<std::string> no_expand;  ///< but not for these: ids of concepts, or words as typed
  bool explain = false;
  std::string ui = "en";  ///< language of labels and notices
  QueryLimits limits;
};

}  // namespace carrel::search
