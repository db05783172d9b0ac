// What a searcher gets: the object of `/v1/search`, before it is written as JSON, HTML or terminal text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "search/schema/fields.h"

namespace carrel::search {

/// Something the searcher should know about how the query was taken. `code` is stable.
struct Notice {
  std::string code;
  std::string text;     ///< in an answer: in the language of the interface; until then in English
  std::string spanish;  ///< the same for readers of Spanish
};

struct Expansion {
  std::string from;
  std::vector<std::string> to;
  std::string kind;  ///< stem, wildcard; of the thesaurus: UF, acronym, translation, narrower, related
  std::string id;    ///< of the concept, by which the searcher can strike it; empty for stem and wildcard
};

struct ParsedQuery {
  std::string q;
  std::string parsed;  ///< the query in words, in the language of the interface
  std::vector<Notice> notices;
  std::vector<Expansion> expansions;
};

struct Spelling {
  std::string corrected;
  std::uint64_t hits = 0;
  bool applied = false;  ///< what was typed finds nothing, so the answer is that of the corrected query
};

/// Half-open range in plain text, counted in Unicode code points.
using Mark = std::pair<std::uint32_t, std::uint32_t>;

struct Passage {
  std::uint32_t page = 0;  ///< 1-based page or section; 0: the title or description
  std::string label;       ///< page label of a PDF; empty when it has none
  std::string heading;
  std::optional<double> seconds;
  std::string text;
  std::vector<Mark> marks;
  std::string url;  ///< deep link: #page=12, #anchor, #t=754
};

struct Translation {
  std::string id;
  std::string language;
  std::string url;
};

struct Edition {
  std::string id;
  std::string date;
  std::string url;
};

/// The stored fields of a resource as answers show them.
struct Resource {
  std::string id, url, title, description, type, date, language, format, publisher, series, accessible, added,
      modified, translation_of, supersedes, path;
  std::vector<std::string> author, topic, audience, jurisdiction, identifier;
  std::uint64_t pages = 0;
  std::uint64_t bytes = 0;
};

struct Hit {
  Resource resource;
  double score = 0;
  std::vector<Translation> translations;  ///< the others of its translation set
  std::vector<Edition> editions;          ///< the others of its chain of editions, newest first
  std::vector<Passage> passages;          ///< best first
  std::string explanation;                ///< plain words, only when asked for
};

struct FacetValue {
  std::string value;
  std::string label;
  std::uint64_t count = 0;
  bool selected = false;
};

/// Counts of one field, each as if the field's own selection were not made.
struct Facet {
  schema::FieldId field;
  std::string label;
  std::vector<FacetValue>
      values;              ///< selected first kept in place: by count, then by label; year: newest first
  std::uint64_t more = 0;  ///< how many values are not listed
};

/// Help that a rule brings, whatever was found; in the reader's language where the rule has it.
struct HelpCard {
  std::string id, title, phone, text, hours, url;
  std::vector<std::string> languages;  ///< spoken there
  bool called = false;                 ///< by the words of the search; else it is in every answer
};

/// What a rule puts above the hits.
struct BestBet {
  std::string id;  ///< of the rule
  std::string title, url, description;
  std::string resource;  ///< id, when it is a resource of the library; else empty
};

/// Where a rule sends those who search for just these words.
struct Redirect {
  std::string url, title;
};

struct Answer {
  ParsedQuery query;
  std::optional<Spelling> spelling;
  std::string revision;
  std::string collection;  ///< fingerprint of what the library holds; empty when the index says none
  std::string thesaurus;   ///< version of the thesaurus, "+", beginning of its fingerprint; empty without one
  double took_ms = 0;
  std::uint64_t total = 0;      ///< hits; versions of one work are one hit
  std::uint64_t resources = 0;  ///< resources that match, every version counted
  bool total_exact = true;      ///< false only when time ran out: then also the facets count what was seen
  std::uint64_t offset = 0;
  std::uint64_t limit = 0;
  std::optional<std::uint64_t> next_offset;
  std::vector<HelpCard> help;       ///< those called first, then those that are in every answer
  std::vector<BestBet> best_bets;   ///< with the first hits alone
  std::optional<Redirect> redirect;
  std::vector<Hit> hits;
  std::vector<Facet> facets;
};

struct Suggestion {
  std::string text;
  std::string kind;  ///< "title", "topic", "word"
  std::uint64_t count = 0;
};

/// One page of a resource.
struct PageText {
  std::uint32_t page = 0;
  std::string label, heading, text, url;
  std::optional<double> seconds;
};

}  // namespace carrel::search
