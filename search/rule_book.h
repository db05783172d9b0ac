// The librarians' rules at work: which of them a search calls.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/answer.h"
#include "search/schema/rules.h"
#include "search/schema/stemming.h"

namespace carrel::search {

/// The rules that a search calls, in the order of the file.
struct CalledRules {
  std::vector<const schema::HelpCard*> help;
  std::vector<const schema::BestBet*> best_bets;
  const schema::Redirect* redirect = nullptr;

  /// Takes what another spelling of the same search calls too; its redirect only where there is none.
  void add(const CalledRules& other);
};

/// Rules made ready for asking. Immutable, for any thread.
class RuleBook {
 public:
  RuleBook() = default;
  /// `languages`: base tags of the library. In these and in the languages of the rules' texts all forms of a
  /// word are the same word for a rule ("survivors", "survivor").
  RuleBook(schema::Rules rules, std::span<const std::string> languages);

  /// What the words of a search call. A rule's phrase is called when its words stand side by side in the
  /// search, in any of their forms, with or without accents; a redirect only when the search is nothing
  /// else. Best bets hold on the days that they name; `today` is "2026-11-25".
  CalledRules called_by(std::string_view query, std::string_view today) const;

  /// The cards that were called, then those that are in every answer, in the language `ui` (any BCP 47 tag).
  std::vector<HelpCard> help(const CalledRules& called, std::string_view ui) const;

  /// True when what is called depends on the day.
  bool has_days() const { return has_days_; }

  const schema::Rules& rules() const { return rules_; }

 private:
  /// A word by the numbers of its written form and its stems: two words are the same for a rule when they
  /// share one.
  using Word = std::vector<std::uint32_t>;
  struct Phrase {
    std::vector<Word> words;
    std::size_t rule;  ///< index into the rules of its kind
  };

  class Stemmers;  ///< known in rule_book.cpp

  std::vector<Word> known_words(std::string_view text) const;
  void add(std::string_view text, std::size_t rule, std::span<schema::Stemmer> stemmers,
           std::vector<Phrase>& to);
  static bool same(const Word& a, const Word& b);
  static bool stands_in(const Phrase& phrase, std::span<const Word> query);

  schema::Rules rules_;
  std::shared_ptr<Stemmers> stemmers_;  ///< of the languages; nothing in a book without rules
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<Phrase> help_, best_bets_, redirects_;
  bool has_days_ = false;
};

/// The day here and now, "2026-11-25".
std::string local_day();

}  // namespace carrel::search
