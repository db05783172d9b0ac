// What a query may ask of a thesaurus, as the parser's tree needs it: other names of a concept, and the
// narrower ones.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/query_node.h"

namespace carrel::search {

/// Another name of what was typed.
struct OtherName {
  std::string text;              ///< as people write it: "Trafficking Victims Protection Act"
  std::vector<QueryWord> words;  ///< its words, in order
  std::string kind;              ///< why: "used-for", "narrower", "related", "translation"…
};

/// Safe to use from several threads.
class ThesaurusLookup {
 public:
  virtual ~ThesaurusLookup() = default;

  /// Other names of the concept that `words` are a name of, best first, for ~word: also its narrower and
  /// related concepts. `typed` is what stands in the query. Empty when there is no such concept.
  virtual std::vector<OtherName> all_names(std::span<const QueryWord> words,
                                           std::string_view typed) const = 0;

  /// For topic:value+: all names of the concepts narrower than the one named `value`, however deep; without
  /// `value` itself.
  virtual std::vector<std::string> narrower_values(std::string_view value) const = 0;
};

}  // namespace carrel::search
