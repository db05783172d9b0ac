#include "search/label_index.h"

#include <algorithm>
#include <utility>

namespace carrel::search {
namespace {

bool has(std::string_view text, char from, char to) {
  return std::ranges::any_of(text, [&](char c) { return c >= from && c <= to; });
}

}  // namespace

bool is_acronym(std::string_view label) {
  return has(label, 'A', 'Z') && !has(label, 'a', 'z');
}

LabelStems::LabelStems(const std::vector<std::string>& languages) {
  for (const std::string& language : languages) stemmers_.emplace_back(language);
}

std::string LabelStems::of(std::size_t language, const schema::OwnedToken& word) {
  const std::string& key = stemmers_[language].key(word.exact);
  return key.empty() ? word.folded : key;
}

LabelIndex::LabelIndex(schema::Thesaurus thesaurus) : thesaurus_(std::move(thesaurus)) {
  for (const schema::Concept& one : thesaurus_.concepts) {
    for (const schema::ConceptNames& names : one.names) {
      if (std::ranges::find(languages_, names.language) == languages_.end())
        languages_.push_back(names.language);
    }
  }
  std::ranges::sort(languages_);
  LabelStems stems(languages_);
  for (std::uint32_t i = 0; i < thesaurus_.concepts.size(); ++i) {
    for (const schema::ConceptNames& names : thesaurus_.concepts[i].names) {
      const auto language =
          static_cast<std::uint32_t>(std::ranges::find(languages_, names.language) - languages_.begin());
      const Label plain{i, language, false};
      add(names.label, plain, is_acronym(names.label), stems);
      for (const std::string& label : names.used_for) add(label, plain, is_acronym(label), stems);
      for (const std::string& label : names.hidden) add(label, plain, is_acronym(label), stems);
      for (const std::string& label : names.capitals) add(label, {i, language, true}, true, stems);
    }
  }
}

void LabelIndex::add_plurals(const std::string& word, Label as) {
  std::vector<std::string> forms{word, word + "s", word + "es"};
  if (word.ends_with("s")) forms.push_back(word.substr(0, word.size() - 1));
  if (word.ends_with("es")) forms.push_back(word.substr(0, word.size() - 2));
  for (const std::string& form : forms) labels_.emplace("=" + form, as);
  longest_ = std::max(longest_, std::size_t{1});
}

void LabelIndex::add(std::string_view label, Label as, bool as_written, LabelStems& stems) {
  const auto words = schema::tokenize(label);
  if (words.empty()) return;
  if (words.size() == 1 && !as_written) {
    add_plurals(words.front().folded, as);
    return;
  }
  std::string key = as_written ? "=" : "";
  for (const schema::OwnedToken& word : words) {
    if (key.size() > (as_written ? 1 : 0)) key += ' ';
    key += as_written ? word.folded : stems.of(as.language, word);
  }
  labels_.emplace(std::move(key), as);
  longest_ = std::max(longest_, words.size());
}

std::optional<LabelIndex::Found> LabelIndex::longest_at(std::span<const schema::OwnedToken> words,
                                                        std::string_view text, bool capitals_tell,
                                                        LabelStems& stems) const {
  std::optional<Found> found;
  const std::size_t most = std::min(words.size(), longest_);
  const auto note = [&](const std::string& key, std::size_t count) {
    const auto label = labels_.find(key);
    if (label == labels_.end()) return;
    if (label->second.capitals) {
      const std::string_view typed = text.substr(words[0].begin, words[count - 1].end - words[0].begin);
      if (!capitals_tell || has(typed, 'a', 'z')) return;
    }
    if (found && found->words == count) return;  // as written goes before stems, in the order of languages
    found = Found{label->second.concept_number, count, languages_[label->second.language]};
  };
  std::string as_written = "=";
  std::vector<std::string> stemmed(stems.size());
  for (std::size_t i = 0; i < most; ++i) {
    as_written += (i == 0 ? "" : " ") + words[i].folded;
    note(as_written, i + 1);
    for (std::size_t language = 0; language < stems.size(); ++language) {
      stemmed[language] += (i == 0 ? "" : " ") + stems.of(language, words[i]);
      note(stemmed[language], i + 1);
    }
  }
  return found;
}

std::optional<std::uint32_t> LabelIndex::named(std::string_view text, LabelStems& stems) const {
  const auto words = schema::tokenize(text);
  const auto found = longest_at(words, text, true, stems);
  if (!found || found->words != words.size()) return std::nullopt;
  return found->concept_number;
}

std::vector<std::string> LabelIndex::labels_of_family(std::uint32_t concept_number) const {
  std::vector<std::uint32_t> family{concept_number};
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < family.size(); ++i) {
    const schema::Concept& one = thesaurus_.concepts[family[i]];
    for (const schema::ConceptNames& names : one.names) {
      labels.push_back(names.label);
      labels.insert(labels.end(), names.used_for.begin(), names.used_for.end());
    }
    for (const std::uint32_t below : one.narrower) {
      if (std::ranges::find(family, below) == family.end()) family.push_back(below);
    }
  }
  return labels;
}

}  // namespace carrel::search
