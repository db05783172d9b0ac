// Cuts a query into lexemes. Knows what people type (curly quotes, citations with brackets, full-width
// blanks); takes every input.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "search/answer.h"
#include "search/request.h"
#include "search/schema/tokenizer.h"

namespace carrel::search {

enum class LexemeKind {
  word,        ///< one run of characters with at least one word in it
  phrase,      ///< between quotation marks, at least one word
  field,       ///< name:value of a field that can be asked, at least one value
  identifier,  ///< a law, a form, a visa, a number, in any spelling
  open,
  close,
  op_and,
  op_or,
  op_not,
  near,
  minus,
  plus,
  everything,
};

struct Lexeme {
  /// One value of a field.
  struct Value {
    std::string text;
    bool quoted = false;
    bool narrower = false;  ///< topic:x+
    std::vector<schema::OwnedToken> tokens;
  };

  LexemeKind kind{};
  std::size_t begin = 0;  ///< bytes in the query
  std::size_t end = 0;
  std::vector<schema::OwnedToken>
      tokens;         ///< word, phrase; for operators the word they are if they join nothing
  std::string value;  ///< field: all values as typed; otherwise the text as typed
  schema::FieldId field{};
  std::vector<Value> values;
  std::vector<std::vector<std::string>> named;  ///< identifier: the keys of each, as in schema::Identifier
  bool words_mislead = false;                   ///< identifier: as in schema::Identifier
  bool exact = false;                           ///< =word
  bool related = false;                         ///< ~word, ~"two words"
  bool prefix = false;                          ///< word*
  unsigned distance = 0;                        ///< near
  bool ordered = false;
};

/// The lexemes of `query` (UTF-8, any length) up to `limits`; what was left out or taken otherwise than typed
/// is said in `notices`. Brackets come out balanced, never empty and at most `limits.nesting` deep.
std::vector<Lexeme> lex_query(std::string_view query, const QueryLimits& limits,
                              std::vector<Notice>& notices);

}  // namespace carrel::search
