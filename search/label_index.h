// The thesaurus of an index made ready for questions: which concept a run of words names.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/schema/stemming.h"
#include "search/schema/thesaurus.h"
#include "search/schema/tokenizer.h"

namespace carrel::search {

/// Stems words for LabelIndex, in each language of the thesaurus. One object, one thread.
class LabelStems {
 public:
  explicit LabelStems(const std::vector<std::string>& languages);

  /// The word's stem key in a language of the thesaurus ("en:traffick"), or the folded word without a stemmer
  /// for it.
  std::string of(std::size_t language, const schema::OwnedToken& word);
  std::size_t size() const { return stemmers_.size(); }

 private:
  std::vector<schema::Stemmer> stemmers_;
};

/// Concepts by their labels. Labels of several words meet other forms of these and no accents ("T-visas",
/// "victima de trata"), single words their plural and singular; acronyms and names for capitals are met as
/// they are. Immutable, shared by threads.
class LabelIndex {
 public:
  explicit LabelIndex(schema::Thesaurus thesaurus);

  const schema::Thesaurus& thesaurus() const { return thesaurus_; }
  bool empty() const { return thesaurus_.concepts.empty(); }

  /// Base languages of the labels, sorted.
  const std::vector<std::string>& languages() const { return languages_; }

  struct Found {
    std::uint32_t concept_number = 0;
    std::size_t words = 0;
    std::string language;  ///< of the label that was met
  };

  /// The concept of the longest label that `words` begins with. `text` is what the words were cut from: it
  /// tells capitals; names for capitals are met when `capitals_tell`, that is when not everything is typed in
  /// capitals.
  std::optional<Found> longest_at(std::span<const schema::OwnedToken> words, std::string_view text,
                                  bool capitals_tell, LabelStems& stems) const;

  /// The concept that a whole text names; nothing when it names none.
  std::optional<std::uint32_t> named(std::string_view text, LabelStems& stems) const;

  /// Every label of a concept and of all concepts below it, in every language; for `topic:x+`.
  std::vector<std::string> labels_of_family(std::uint32_t concept_number) const;

 private:
  struct Label {
    std::uint32_t concept_number = 0;
    std::uint32_t language = 0;
    bool capitals = false;
  };
  /// A single word stands for its concept in its number alone: its family may mean other things, as
  /// "trafficking" is no "traffickers".
  void add_plurals(const std::string& word, Label as);
  void add(std::string_view label, Label as, bool as_written, LabelStems& stems);

  schema::Thesaurus thesaurus_;
  std::vector<std::string> languages_;
  // Keys of words joined by blanks: stem keys of one language, or "=" and folded words as they are written.
  std::unordered_map<std::string, Label> labels_;
  std::size_t longest_ = 0;
};

/// True when a label is an acronym or number: capitals without small letters.
bool is_acronym(std::string_view label);

}  // namespace carrel::search
