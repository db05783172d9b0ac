// The words of a text by their numbers, without looking closely at those between.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "search/schema/tokenizer.h"

namespace carrel::schema {

/// Walks through one text, which outlives it. Counts words some 64 bytes at a time; only where characters
/// beyond ASCII or signs that may stand inside a word need it, it reads them as for_each_token() does.
class TokenFinder {
 public:
  struct Place {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view folded;  ///< valid until the next call
  };

  explicit TokenFinder(std::string_view text);
  TokenFinder(const TokenFinder&) = delete;
  TokenFinder& operator=(const TokenFinder&) = delete;

  /// The word that for_each_token() gives the number `ordinal`; nothing when the text has not so many.
  /// Numbers may not descend from call to call.
  std::optional<Place> at(std::size_t ordinal);

 private:
  /// Looks at the bytes from at_ on.
  void look();
  /// Passes over `words` words, or over fewer to the end of what can be passed over at once.
  void pass(std::size_t words);

  std::string_view text_;
  std::size_t at_ = 0;    // outside of any word
  std::size_t next_ = 0;  // the number of the next word from at_
  Place last_;            // the word with the number next_ - 1
  std::string folded_;
  bool taken_ = false;
  std::function<void(const Token&)> take_;

  std::size_t seen_from_ = 0;  // what the bits tell of begins here
  std::size_t seen_to_ = 0;
  std::uint64_t words_ = 0;  // letters and digits of ASCII
  std::uint64_t hard_ = 0;   // what has to be read closely, with the word before it
};

}  // namespace carrel::schema
