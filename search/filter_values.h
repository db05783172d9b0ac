// What people type for the values of a field, as the values that the field has: type:fact-sheet means
// "fact sheet", lang:spanish means es, topic:labor means "labor trafficking" where no topic is just "labor".
#pragma once

#include <string>
#include <vector>

#include "search/facet_columns.h"
#include "search/query_node.h"

namespace carrel::search {

/// Refers to `columns` while it lives.
class FilterValues {
 public:
  explicit FilterValues(const FacetColumns& columns) : columns_(columns) {}

  /// The values meant by a field clause; never empty.
  std::vector<std::string> meant_by(const QueryNode& clause) const;

 private:
  void add_language_named(const std::string& typed, std::vector<std::string>& values) const;
  void add_values_with_words(const FacetColumn& column, const std::string& typed,
                             std::vector<std::string>& values) const;

  const FacetColumns& columns_;
};

}  // namespace carrel::search
