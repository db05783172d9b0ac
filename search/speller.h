// “Did you mean”: corrections out of the words of the documents.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "search/facet_columns.h"
#include "search/query_node.h"
#include "search/vocabulary.h"
#include "search/word_forms.h"

namespace carrel::search {

/// A corrected query and how many hits it has.
struct Correction {
  std::string query;
  std::uint64_t hits = 0;
};

/// For one query. Refers to all that it is made of while it lives.
class Speller {
 public:
  Speller(const Xapian::Database& database, const Vocabulary& vocabulary, const FacetColumns& columns,
          WordForms& forms)
      : database_(database), vocabulary_(vocabulary), columns_(columns), forms_(forms) {}

  /// True when some word of the query is so rare that it may be a slip: everything else is not worth looking
  /// at.
  static bool may_be_misspelt(const QueryNode& root, const Xapian::Database& database,
                              const FacetColumns& columns, WordForms& forms);

  /// The best correction: words that no or hardly any resource has, replaced by much more frequent ones that
  /// look or sound like them, run together or pulled apart. Also in quotation marks and in fields. `count`
  /// tells how many hits a query has; a correction without hits is none. Excluded words, =word, wildcards,
  /// numbers and words of less than four letters stay as they are.
  std::optional<Correction> correct(std::string_view query, const QueryNode& root,
                                    const std::function<std::uint64_t(const std::string&)>& count);

 private:
  /// A part of the query and what may stand in its place, the best first.
  struct Slip {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::vector<std::pair<double, std::string>> better;  // worth, text
  };

  void look_at(const QueryNode& node, std::string_view query);
  void look_at_word(std::string_view folded, std::string_view exact, std::size_t begin, std::size_t end,
                    std::string_view prefix, bool with_forms);
  void look_at_value(const QueryNode& node, std::string_view query);
  void look_at_gaps(const QueryNode& group, std::string_view query);
  std::uint32_t known(std::string_view folded, std::string_view exact, std::string_view prefix,
                      bool with_forms);
  void add_split(std::string_view folded, std::vector<std::pair<double, std::string>>& better) const;
  std::uint64_t phrase_count(std::string_view first, std::string_view second) const;

  const Xapian::Database& database_;
  const Vocabulary& vocabulary_;
  const FacetColumns& columns_;
  WordForms& forms_;
  std::vector<Slip> slips_;
};

}  // namespace carrel::search
