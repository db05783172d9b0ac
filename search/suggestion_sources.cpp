#include "search/suggestion_sources.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "search/schema/language.h"
#include "search/schema/record.h"
#include "search/schema/stop_words.h"
#include "search/schema/text.h"
#include "search/schema/tokenizer.h"

namespace carrel::search {
namespace {

using schema::FieldId;

/// Bounds of what is held in memory, the most frequent first. In a large library words of a single resource
/// are names and slips.
constexpr std::size_t kMaxWords = 50'000;
constexpr std::size_t kMaxPhrases = 20'000;
constexpr std::size_t kSmallVocabulary = 20'000;
/// A phrase is a phrase when so many resources have it in title or abstract.
constexpr std::uint32_t kFewestForPhrase = 3;
constexpr std::size_t kLongestPhrase = 4;
constexpr std::size_t kMaxTitleBytes = 300;

/// Counts runs of words between stop words and punctuation in titles and abstracts.
class PhraseCounter {
 public:
  void add(const schema::Record& record) {
    const std::string language = schema::base_language(record.get(FieldId::language));
    const auto& stops = schema::stop_words(language.empty() ? "en" : language);
    seen_.clear();
    for (const FieldId field : {FieldId::title, FieldId::description}) {
      const std::string& text = record.get(field);
      const auto words = schema::tokenize(text);
      for (std::size_t first = 0; first < words.size(); ++first) {
        if (stops.contains(words[first].exact)) continue;
        for (std::size_t last = first + 1; last < std::min(words.size(), first + kLongestPhrase); ++last) {
          const auto between =
              std::string_view(text).substr(words[last - 1].end, words[last].begin - words[last - 1].end);
          if (between != " " && between != "-") break;
          if (stops.contains(words[last].exact)) continue;
          note(text.substr(words[first].begin, words[last].end - words[first].begin));
        }
      }
    }
  }

  void add_to(SuggestionIndex& index) const {
    std::vector<const std::pair<const std::string, std::uint32_t>*> frequent;
    for (const auto& one : counts_) {
      if (one.second >= kFewestForPhrase) frequent.push_back(&one);
    }
    std::ranges::sort(frequent, [](const auto* a, const auto* b) {
      return a->second != b->second ? a->second > b->second : a->first < b->first;
    });
    if (frequent.size() > kMaxPhrases) frequent.resize(kMaxPhrases);
    for (const auto* one : frequent) index.add(SuggestionKind::phrase, one->first, one->second);
  }

 private:
  void note(std::string_view phrase) {
    std::string key = schema::exact_form(phrase);
    if (std::ranges::find(seen_, key) != seen_.end()) return;
    ++counts_[key];
    seen_.push_back(std::move(key));
  }

  std::unordered_map<std::string, std::uint32_t> counts_;
  std::vector<std::string> seen_;  // of one resource
};

void add_resources(const Xapian::Database& database, SuggestionIndex& index) {
  PhraseCounter phrases;
  for (auto at = database.postlist_begin(""); at != database.postlist_end(""); ++at) {
    const auto record = schema::Record::decode(database.get_document(*at).get_data());
    const std::string& title = record.get(FieldId::title);
    if (title.size() <= kMaxTitleBytes) index.add(SuggestionKind::title, title, 1);
    for (const std::string& one : record.all(FieldId::identifier))
      index.add(SuggestionKind::identifier, one, 1);
    phrases.add(record);
  }
  phrases.add_to(index);
}

void add_topics(const FacetColumns& columns, SuggestionIndex& index) {
  const FacetColumn* topics = columns.find(FieldId::topic);
  for (std::uint32_t code = 0; code < topics->size(); ++code) {
    index.add(SuggestionKind::topic, topics->value(code),
              static_cast<std::uint32_t>(topics->documents(code)));
  }
}

void add_concepts(const Xapian::Database& database, const LabelIndex& labels,
                  std::span<const std::string> languages, SuggestionIndex& index) {
  const auto add = [&](const std::string& label) {
    std::uint32_t fewest = database.get_doccount();
    for (const auto& word : schema::tokenize(label))
      fewest = std::min(fewest, database.get_termfreq(word.folded));
    if (fewest > 0) index.add(SuggestionKind::concept_name, label, fewest);
  };
  for (const schema::Concept& one : labels.thesaurus().concepts) {
    for (const schema::ConceptNames& names : one.names) {
      if (std::ranges::find(languages, names.language) == languages.end()) continue;
      add(names.label);
      for (const std::string& label : names.used_for) add(label);
    }
  }
}

void add_words(const Xapian::Database& database, SuggestionIndex& index) {
  std::vector<std::pair<std::uint32_t, std::string>> words;
  const Vocabulary accents = Vocabulary::accents_of(database);
  for (auto it = database.allterms_begin(); it != database.allterms_end();) {
    const std::string term = *it;
    if (!term.empty() && term.front() >= 'A' && term.front() <= 'Z') {
      it.skip_to("[");
      continue;
    }
    const bool number = term.front() >= '0' && term.front() <= '9';
    if (!number && schema::count_code_points(term) >= 3) words.emplace_back(it.get_termfreq(), term);
    ++it;
  }
  if (words.size() > kSmallVocabulary) std::erase_if(words, [](const auto& one) { return one.first < 2; });
  std::ranges::sort(words, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (words.size() > kMaxWords) words.resize(kMaxWords);
  for (const auto& [documents, word] : words)
    index.add(SuggestionKind::word, accents.written(word), documents);
}

}  // namespace

SuggestionIndex make_suggestion_index(const Xapian::Database& database, const FacetColumns& columns,
                                      const LabelIndex& labels, std::span<const std::string> languages) {
  SuggestionIndex index;
  add_topics(columns, index);
  add_concepts(database, labels, languages, index);
  add_resources(database, index);
  add_words(database, index);
  index.finish();
  return index;
}

}  // namespace carrel::search
