// Puts the other words of the thesaurus beside the words of a query: synonyms, acronyms and their long forms,
// translations, and for ~word narrower and related concepts too.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "search/answer.h"
#include "search/facet_columns.h"
#include "search/label_index.h"
#include "search/query_node.h"
#include "search/request.h"
#include "search/word_forms.h"

namespace carrel::search {

/// For one query; `forms` and `labels` belong to the revision that `database` reads.
class QueryExpander {
 public:
  QueryExpander(const Xapian::Database& database, WordForms& forms, const FacetColumns& columns,
                const LabelIndex& labels, LabelStems& stems, const Request& request)
      : database_(database),
        forms_(forms),
        columns_(columns),
        labels_(labels),
        stems_(stems),
        request_(request) {}

  /// Gives the nodes of `root` their alternatives, the longest label first. Words in quotation marks, =word,
  /// exclusions, fields and NEAR stay as they are; so does everything in strict mode, and what
  /// `request.expand` and `request.no_expand` rule out. Returns what was added, for the answer to list.
  /// `query` is the text that `root` was parsed from.
  std::vector<Expansion> expand(QueryNode& root, std::string_view query);

  /// What was said with ~word or topic:x+ and is in no thesaurus.
  const std::vector<Notice>& notices() const { return notices_; }

 private:
  void group(QueryNode& node);
  void run(std::span<QueryNode> nodes);
  void add(std::span<QueryNode> nodes, const LabelIndex::Found& found,
           std::span<const schema::OwnedToken> typed);
  void add_family(QueryNode& field);
  bool is_struck(const schema::Concept& one, std::string_view typed) const;
  bool offer(Expansion& expansion, const std::string& label, double weight,
             std::span<const schema::OwnedToken> typed, std::vector<Alternative>& alternatives);

  const Xapian::Database& database_;
  WordForms& forms_;
  const FacetColumns& columns_;
  const LabelIndex& labels_;
  LabelStems& stems_;
  const Request& request_;
  std::string_view query_;
  bool capitals_tell_ = true;
  std::vector<Expansion> expansions_;
  std::vector<Notice> notices_;
};

}  // namespace carrel::search
