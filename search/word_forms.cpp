#include "search/word_forms.h"

#include <algorithm>
#include <utility>

#include <xapian.h>

namespace carrel::search {
namespace {

/// Words whose forms are remembered at most: some megabytes at worst, much less as a rule.
constexpr std::size_t kMaxRemembered = 5000;

using Counted = std::pair<Xapian::doccount, std::string>;

std::vector<std::string> most_frequent(std::vector<Counted> counted, std::size_t limit) {
  const auto before = [](const Counted& a, const Counted& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  };
  std::ranges::sort(counted, before);
  std::vector<std::string> out;
  for (Counted& one : counted) {
    if (out.size() == limit) break;
    out.push_back(std::move(one.second));
  }
  return out;
}

}  // namespace

WordForms::WordForms(const std::vector<std::string>& languages) {
  for (const std::string& language : languages) {
    if (schema::Stemmer stemmer(language); stemmer.active()) stemmers_.push_back(std::move(stemmer));
  }
}

std::vector<std::string> WordForms::of(const Xapian::Database& database, const QueryWord& word, Mode mode) {
  if (mode == Mode::strict) return {word.folded};
  const std::string key = word.exact + '\n' + word.folded;
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  auto forms = family_of(database, word);
  // What somebody typed and no document says stays nowhere.
  if (forms.size() == 1 && !database.term_exists(word.folded)) return forms;
  if (known_.size() >= kMaxRemembered) known_.clear();
  return known_.emplace(key, std::move(forms)).first->second;
}

std::vector<std::string> WordForms::family_of(const Xapian::Database& database, const QueryWord& word) {
  std::vector<std::string> forms{word.folded};
  std::vector<Counted> family;
  for (schema::Stemmer& stemmer : stemmers_) {
    const std::string& key = stemmer.key(word.exact);
    if (key.empty()) continue;
    for (auto it = database.synonyms_begin(key); it != database.synonyms_end(key); ++it) {
      std::string form = *it;
      const bool known =
          form == word.folded || std::ranges::find(family, form, &Counted::second) != family.end();
      if (known) continue;
      // Forms of resources that are gone stay in the synonym table until a rebuild.
      if (const Xapian::doccount documents = database.get_termfreq(form); documents > 0) {
        family.emplace_back(documents, std::move(form));
      }
    }
  }
  for (std::string& form : most_frequent(std::move(family), kMaxForms - 1)) forms.push_back(std::move(form));
  return forms;
}

std::vector<std::string> WordForms::beginning_with(const Xapian::Database& database, std::string_view folded,
                                                   std::size_t limit, bool& cut) {
  std::vector<Counted> found;
  const std::string prefix(folded);
  for (auto it = database.allterms_begin(prefix); it != database.allterms_end(prefix); ++it) {
    found.emplace_back(it.get_termfreq(), *it);
  }
  cut = found.size() > limit;
  return most_frequent(std::move(found), limit);
}

}  // namespace carrel::search
