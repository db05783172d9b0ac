// The written forms that a word of a query stands for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/query_node.h"
#include "search/request.h"
#include "search/schema/stemming.h"

namespace Xapian {
class Database;
}

namespace carrel::search {

/// One object, one thread: it remembers stems.
class WordForms {
 public:
  /// `languages` are the base languages of the collection; those without a stemmer are passed over.
  explicit WordForms(const std::vector<std::string>& languages);

  /// The folded word itself, then the forms of its family in any language of the collection, most frequent
  /// first, at most kMaxForms. In strict mode only the word itself.
  std::vector<std::string> of(const Xapian::Database& database, const QueryWord& word, Mode mode);

  /// The words that begin with `folded`, most frequent first; sets `cut` when there are more than `limit`.
  static std::vector<std::string> beginning_with(const Xapian::Database& database, std::string_view folded,
                                                 std::size_t limit, bool& cut);

  static constexpr std::size_t kMaxForms = 40;

 private:
  std::vector<schema::Stemmer> stemmers_;
};

}  // namespace carrel::search
