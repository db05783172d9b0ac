// The written forms that a word of a query stands for.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/query_node.h"
#include "search/request.h"
#include "search/schema/stemming.h"

namespace Xapian {
class Database;
}

namespace carrel::search {

/// For one revision of an index. One object, one thread: it remembers stems, and the forms of the words that
/// it was asked for. A query asks for those of each word several times, the next query for many of them
/// again.
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
  std::vector<std::string> family_of(const Xapian::Database& database, const QueryWord& word);

  std::vector<schema::Stemmer> stemmers_;
  std::unordered_map<std::string, std::vector<std::string>> known_;  // by both ways of writing the word
};

}  // namespace carrel::search
