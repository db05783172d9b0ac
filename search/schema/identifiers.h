// Names of laws, forms, visas and numbers in a text, in any of their spellings, as single terms.
//
// "22 U.S.C. § 7102(11)(A)", "22 USC 7102 (11)(a)" and "section 7102(11)(A) of title 22" are one thing. Its
// key is posted at the position of its first word, besides the words as such, so phrases and page numbers
// work as ever; a query that names it asks for the key. Deeper citations have the keys of the shallower ones
// too.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "search/schema/tokenizer.h"

namespace carrel::schema {

/// One place in a text that names something.
struct Identifier {
  std::size_t begin = 0;  ///< byte offset of its first byte
  std::size_t end = 0;    ///< byte offset behind its last byte; may be behind the token that was last taken
  std::size_t first = 0;  ///< which token of the text it begins with, from 0
  /// What it names, the deepest first: "usc:22:7102:11", "usc:22:7102". A term is kIdentifierPrefix + key.
  std::vector<std::string> keys;
  /// The words of it alone say nothing: "t" and "visa", "at" and "t".
  bool words_mislead = false;
};

/// Two words with a hyphen or a zero-width non-joiner between them, as one: "anti-trafficking" →
/// "antitrafficking".
struct JoinedWord {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t first = 0;  ///< as in Identifier
  std::string folded;
  std::string exact;
};

struct TokenTakers {
  std::function<void(const Token&)> token;
  std::function<void(const Identifier&)> identifier;
  std::function<void(const JoinedWord&)> joined;
};

/// As for_each_token, and calls the other takers for what is found besides, right after one of its tokens.
/// A taker may be empty; without one for identifiers none are looked for.
/// With a filter only tokens and joined words that it may want are given; `take.identifier` must be empty
/// then. Linear in the length of the text.
void for_each_term(std::string_view text, const TokenTakers& take, const WordFilter* filter = nullptr);

/// The identifiers of a short text, in the order of their beginnings.
std::vector<Identifier> find_identifiers(std::string_view text);

/// A key for people: "usc:22:7102:11:a" → "22 U.S.C. 7102(11)(a)", "visa:h2a" → "H-2A visa".
std::string spoken(std::string_view key);

}  // namespace carrel::schema
