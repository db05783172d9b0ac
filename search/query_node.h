// A parsed query: a small tree, independent of Xapian.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "search/schema/fields.h"

namespace carrel::search {

enum class NodeKind {
  word,        ///< one word, with its whole family unless `exact`
  phrase,      ///< words as written, side by side
  compound,    ///< debt-bondage: side by side with their families, else single words
  ideographs,  ///< a run of a script written without spaces: each pair of neighbours
  prefix,      ///< traffick*
  identifier,  ///< a law, a form, a visa, a number: one of `keys`, else the words of its only child
  field,       ///< a field has one of `values`
  range,       ///< a field lies between `from` and `to`
  any_of,      ///< OR
  group,       ///< clauses, each wanted, required or excluded
  near,        ///< NEAR/n and ADJ/n
  everything,  ///< *
};

/// What a clause of a group asks for.
enum class Need { wanted, required, excluded };

struct QueryWord {
  std::string folded;
  std::string exact;
};

/// Other words for what a node asks for, out of the thesaurus: words side by side, each in all its forms.
struct Alternative {
  std::vector<std::vector<std::string>> slots;
  double weight = 1;  ///< against the words typed
};

/// One node; which members mean something depends on `kind`.
struct QueryNode {
  NodeKind kind = NodeKind::group;
  Need need = Need::wanted;
  std::size_t begin = 0;  ///< bytes of the query it was read from
  std::size_t end = 0;
  std::vector<QueryWord> words;           ///< word and prefix: one; phrase, compound, ideographs: in order
  bool exact = false;                     ///< =word
  bool related = false;                   ///< ~word, ~"two words": narrower and related concepts too
  std::vector<Alternative> alternatives;  ///< of word, phrase and compound: any of them serves as well
  std::vector<std::string> keys;          ///< identifier: the deepest first, as in schema::Identifier
  bool words_mislead = false;  ///< identifier: its words are asked for only where no key is known
  schema::FieldId field{};
  std::vector<std::string> values;  ///< of a field; for an identifier the text as typed
  bool narrower = false;            ///< topic:x+, the values of narrower concepts too
  bool quoted = false;              ///< the field's value was given in quotation marks
  std::uint64_t from = 0;           ///< range, both ends included: days yyyymmdd, years or plain numbers
  std::uint64_t to = 0;
  unsigned distance = 0;  ///< near: at most so many words apart
  bool ordered = false;   ///< near: in this order (ADJ)
  std::vector<QueryNode> children;
};

}  // namespace carrel::search
