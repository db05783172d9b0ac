// From a parsed query to Xapian's: what must match, and what a passage should show.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <xapian.h>

#include "search/answer.h"
#include "search/facet_columns.h"
#include "search/query_node.h"
#include "search/request.h"
#include "search/word_forms.h"

namespace carrel::search {

/// Something a passage should contain: the words of one clause, each slot one word in all its forms. Several
/// slots are side by side in the text.
struct Target {
  std::vector<std::vector<std::string>> slots;
  double weight = 1;       ///< less for other words of the thesaurus
  double times = 1;        ///< how often the query has it
  std::string name = {};   ///< for people, where the forms are no words; empty: the first forms
  bool soft = false;       ///< when they are nowhere side by side, each word counts alone
  std::string typed = {};  ///< the term of the word exactly as typed, where its family has more; else empty
};

/// How many of the wanted clauses a resource must have.
enum class Strictness {
  all,   ///< every one
  most,  ///< of three and more the larger part; those with all first
  some,  ///< at least one
};

struct BuiltQuery {
  Xapian::Query all;       ///< every wanted clause
  Xapian::Query most;      ///< the same as `all` unless `widens`
  Xapian::Query some;      ///< at least one of them; the same as `all` when there is nothing to relax
  bool relaxable = false;  ///< `some` differs from `all`
  bool widens = false;     ///< `most` differs from `all`
  bool browses = false;    ///< nothing in it is scored: the whole collection, or filters alone
  std::vector<Target> targets;
  std::vector<Expansion> expansions;
  std::vector<Notice> notices;
};

/// For one query; `forms` and `columns` belong to the revision that `database` reads. `clock`
/// (Deadline::clock) ends phrases in time; empty: they end when they end.
class QueryBuilder {
 public:
  QueryBuilder(const Xapian::Database& database, WordForms& forms, const FacetColumns& columns, Mode mode,
               const QueryLimits& limits, Xapian::Query clock = {})
      : database_(database),
        forms_(forms),
        columns_(columns),
        mode_(mode),
        limits_(limits),
        clock_(std::move(clock)) {}

  BuiltQuery build(const QueryNode& root);

 private:
  Xapian::Query node(const QueryNode& node, Strictness strictness);
  Xapian::Query group(const QueryNode& node, Strictness strictness);
  Xapian::Query most_of_these(const std::vector<const QueryNode*>& nodes,
                              const std::vector<Xapian::Query>& queries);
  Xapian::Query any_of(const QueryNode& node, Strictness strictness);
  Xapian::Query with_alternatives(const Xapian::Query& typed, std::vector<Xapian::Query> any,
                                  const QueryNode& node);
  Xapian::Query word(const QueryNode& node);
  Xapian::Query prefix(const QueryNode& node);
  Xapian::Query phrase(const QueryNode& node, Strictness strictness);
  Xapian::Query ideographs(const QueryNode& node, Strictness strictness);
  Xapian::Query identifier(const QueryNode& node, Strictness strictness);
  Xapian::Query near(const QueryNode& node, Strictness strictness);
  Xapian::Query field(const QueryNode& node);
  Xapian::Query field_words(const schema::Field& field, const QueryNode& node);

  /// Words side by side, or not far from each other (`op`), that stop with the clock.
  Xapian::Query together(Xapian::Query::op op, const std::vector<Xapian::Query>& words,
                         std::size_t window) const;

  std::optional<std::string> known_key(const QueryNode& node);
  std::vector<std::string> joined_forms(const QueryNode& node);
  std::vector<std::string> forms_of(const QueryNode& node, const QueryWord& word);
  void show(Target target);

  const Xapian::Database& database_;
  WordForms& forms_;
  const FacetColumns& columns_;
  Mode mode_;
  const QueryLimits& limits_;
  Xapian::Query clock_;
  BuiltQuery built_;
  bool showing_ = true;  // targets and expansions are noted in the first pass, outside of exclusions
};

/// A value query of a range clause. Dates compare by the first day that they can mean, so a resource of
/// "2019" lies in 2019..2020 and in 2019-01.., but not in 2019-06.. .
Xapian::Query range_query(schema::FieldId field, std::uint64_t from, std::uint64_t to);

/// A query for resources whose `field` (with Role kFilter) has one of `values`.
Xapian::Query filter_query(const schema::Field& field, const std::vector<std::string>& values);

}  // namespace carrel::search
