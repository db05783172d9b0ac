// Where a text shows what a query asks for.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/query_builder.h"
#include "search/schema/tokenizer.h"

namespace carrel::search {

/// One place in a text, in bytes; `target` is the index of the query's target that it shows.
struct TextMatch {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint32_t target = 0;
};

/// One position of a page where the index has a form of the query's: by the number of the word on the page,
/// from 0, and the number of the form in TextMatcher::forms().
struct PlacedForm {
  std::size_t ordinal = 0;
  std::uint32_t form = 0;
};

/// Finds a query's targets in texts; made once a query. Refers to `targets` while it lives.
class TextMatcher {
 public:
  /// Which word of which target.
  struct Use {
    std::uint32_t target;
    std::uint32_t slot;
  };
  /// A term that the query looks for, and what for.
  struct Form {
    std::string term;
    std::vector<Use> uses;
  };

  explicit TextMatcher(std::span<const Target> targets);

  /// All matches in the order of their beginnings, none overlapping. Words side by side that belong together
  /// are one match.
  std::vector<TextMatch> find(std::string_view text) const;

  /// The same for a text whose words the index knows the places of, all those of forms() in ascending order:
  /// only these words are looked at. A text that says something else there is searched whole, as it is where
  /// a form is no single word (identifiers, words joined by a hyphen).
  std::vector<TextMatch> find_placed(std::string_view text, std::span<const PlacedForm> placed) const;

  /// Each term once, numbered from 0.
  std::span<const Form> forms() const { return forms_; }

 private:
  struct Word {
    std::size_t begin;
    std::size_t end;
    std::size_t ordinal;  // which word of the text
    std::uint32_t form;
  };

  /// The matches that `words` make, which ascend; `matches` are those of terms that are no words.
  std::vector<TextMatch> assemble(std::span<const Word> words, std::vector<TextMatch> matches) const;

  std::span<const Target> targets_;
  std::vector<Form> forms_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;  // of the forms
  schema::WordFilter filter_;
  bool names_identifiers_ = false;  ///< some target is a law, a form, a visa or a number
};

}  // namespace carrel::search
