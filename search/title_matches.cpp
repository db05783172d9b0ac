#include "search/title_matches.h"

#include <string>
#include <vector>

#include "search/schema/fields.h"
#include "search/schema/terms.h"
#include "search/schema/tokenizer.h"

namespace carrel::search {
namespace {

/// Titles are short; a longer query is a text and no title.
constexpr std::size_t kMostWords = 30;
constexpr Xapian::doccount kMostTitles = 50;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (schema::OwnedToken& token : schema::tokenize(text)) words.push_back(std::move(token.folded));
  return words;
}

}  // namespace

std::unordered_map<Xapian::docid, TitleMatch> title_matches(const Xapian::Database& database,
                                                            std::string_view query) {
  const std::vector<std::string> words = words_of(query);
  if (words.empty() || words.size() > kMostWords) return {};
  const schema::Field& title = schema::field(schema::FieldId::title);
  std::vector<std::string> terms;
  for (const std::string& word : words) terms.push_back(schema::word_term(title, word));
  Xapian::Enquire enquire(database);
  const auto window = static_cast<Xapian::termcount>(terms.size());
  enquire.set_query(terms.size() == 1 ? Xapian::Query(terms.front())
                                      : Xapian::Query(Xapian::Query::OP_PHRASE, terms.begin(), terms.end(), window));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  const Xapian::MSet found = enquire.get_mset(0, kMostTitles);
  std::unordered_map<Xapian::docid, TitleMatch> matches;
  for (auto it = found.begin(); it != found.end(); ++it) {
    const bool equal = words_of(it.get_document().get_value(title.slot)) == words;
    if (equal || words.size() > 1) matches.emplace(*it, equal ? TitleMatch::equal : TitleMatch::within);
  }
  return matches;
}

}  // namespace carrel::search
