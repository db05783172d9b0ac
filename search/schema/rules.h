// The rules that librarians make for searches, as writer and reader share them: help cards, best bets,
// redirects, hidden documents, and what each rule is expected to do. One metadata entry of the database holds
// them all, so that an answer needs no file and new rules read no document again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "search/schema/result.h"

namespace carrel::schema {

/// A text in one or more languages, by base tag ("en").
struct LocalText {
  std::vector<std::pair<std::string, std::string>> by_language;

  bool empty() const { return by_language.empty(); }
  /// The text in the language of this tag, else in English, else in the first there is; empty without any.
  std::string_view in(std::string_view language) const;

  friend bool operator==(const LocalText&, const LocalText&) = default;
};

/// Help that does not depend on ranking, such as a hotline.
struct HelpCard {
  std::string id;
  LocalText title;
  LocalText text;
  LocalText hours;
  std::string phone;
  std::string url;
  std::vector<std::string> languages;  ///< spoken there, base tags
  std::vector<std::string> words;      ///< words and phrases of a search that call it
  bool always = false;                 ///< stands in every answer, whatever was asked

  friend bool operator==(const HelpCard&, const HelpCard&) = default;
};

/// A place that is shown above the hits when a search has one of these words or phrases.
struct BestBet {
  std::string id;
  std::vector<std::string> words;
  std::string resource;  ///< id of a resource of the library, or empty
  std::string url;       ///< else an address
  LocalText title;       ///< for an address; a resource has its own
  LocalText description;
  std::string from;   ///< first day, "2026-01-01"; empty: always was
  std::string until;  ///< last day; empty: for ever

  friend bool operator==(const BestBet&, const BestBet&) = default;
};

/// A search that is these words and no others is answered with an address besides.
struct Redirect {
  std::vector<std::string> words;
  std::string url;
  LocalText title;

  friend bool operator==(const Redirect&, const Redirect&) = default;
};

/// What a search must show, so that rules can be checked like a program.
struct Expectation {
  std::string query;
  std::string shows;  ///< id of a resource among the first `top` hits, or of a best bet; may be empty
  std::uint32_t top = 3;
  std::string help;      ///< id of a help card that must be there; may be empty
  std::string redirect;  ///< address of the redirect that must be there; may be empty
  std::string hides;     ///< id of a resource that must not be among the first `top` hits; may be empty
  std::string place;     ///< "line 12" of the file, for messages

  friend bool operator==(const Expectation&, const Expectation&) = default;
};

struct Rules {
  std::string version;  ///< as their keeper calls them
  std::string origin;   ///< name of the file that they were read from
  std::vector<HelpCard> help;
  std::vector<BestBet> best_bets;
  std::vector<Redirect> redirects;
  std::vector<std::string> hidden;  ///< ids of resources that no search, suggestion or address shows
  std::vector<Expectation> expectations;

  friend bool operator==(const Rules&, const Rules&) = default;
};

/// Metadata key of the rules; an index without the entry has none.
inline constexpr std::string_view kRulesKey = "carrel/rules";

/// Compact bytes.
std::string encode_rules(const Rules& rules);

/// Empty rules for no bytes; error damaged for bytes that are none.
Result<Rules> decode_rules(std::string_view bytes);

}  // namespace carrel::schema
