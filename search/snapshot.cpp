#include "search/snapshot.h"

#include <algorithm>

#include <malloc.h>
#include <xapian.h>

#include "search/ranking.h"
#include "search/schema/index_directory.h"
#include "search/schema/language.h"
#include "search/schema/terms.h"
#include "search/suggestion_sources.h"

namespace carrel::search {
namespace {

/// So many hexadecimal digits tell one state of a thesaurus from the next, and can be read aloud.
constexpr std::size_t kThesaurusDigits = 8;

}  // namespace

std::shared_ptr<const Snapshot> Snapshot::load(const Xapian::Database& database, std::string revision) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->revision_ = std::move(revision);
  snapshot->columns_ = FacetColumns::load(database);
  snapshot->versions_ = VersionSets::load(database);
  const auto add = [&](std::string language) {
    auto& known = snapshot->languages_;
    if (std::ranges::find(known, language) == known.end()) known.push_back(std::move(language));
  };
  snapshot->units_ = UnitStatistics::load(database, Ranking{}.whole_words);
  const std::string prefix(schema::field(schema::FieldId::language).term_prefix);
  for (auto it = database.allterms_begin(prefix); it != database.allterms_end(prefix); ++it) {
    add(schema::base_language((*it).substr(prefix.size())));
  }
  // Single pages may be in languages that no resource is in: their stems tell ("fr:victim"). One jump a
  // language, to the character behind the colon.
  for (auto it = database.synonym_keys_begin(); it != database.synonym_keys_end();) {
    const std::string key = *it;
    const std::size_t colon = key.find(':');
    if (colon == std::string::npos) {
      ++it;
      continue;
    }
    add(key.substr(0, colon));
    it.skip_to(key.substr(0, colon) + ";");
  }
  std::ranges::sort(snapshot->languages_);
  snapshot->collection_ = database.get_metadata(std::string(schema::kCollectionKey));
  const std::string bytes = database.get_metadata(std::string(schema::kThesaurusKey));
  auto thesaurus = schema::decode_thesaurus(bytes);
  if (thesaurus && !bytes.empty()) {
    snapshot->thesaurus_ = thesaurus->version + "+" + schema::content_hash(bytes).substr(0, kThesaurusDigits);
  }
  snapshot->labels_ =
      std::make_unique<const LabelIndex>(thesaurus ? std::move(*thesaurus) : schema::Thesaurus());
  auto rules = schema::decode_rules(database.get_metadata(std::string(schema::kRulesKey)));
  snapshot->rules_ =
      std::make_shared<const RuleBook>(rules ? std::move(*rules) : schema::Rules(), snapshot->languages_);
  return snapshot;
}

const Vocabulary& Snapshot::vocabulary(const Xapian::Database& database) const {
  const std::lock_guard lock(reading_);
  if (!vocabulary_) vocabulary_ = std::make_unique<const Vocabulary>(Vocabulary::load(database));
  return *vocabulary_;
}

const SuggestionIndex& Snapshot::suggestions(const Xapian::Database& database) const {
  const std::lock_guard lock(reading_);
  if (!suggestions_) {
    suggestions_ = std::make_unique<const SuggestionIndex>(
        make_suggestion_index(database, columns_, *labels_, languages_));
    // Making it takes several times what it keeps, and a small daemon is to stay small.
    ::malloc_trim(0);
  }
  return *suggestions_;
}

std::shared_ptr<const Snapshot> SnapshotCache::get(const Xapian::Database& database,
                                                   const std::string& revision) {
  const std::lock_guard lock(loading_);
  if (!newest_ || newest_->revision() != revision) newest_ = Snapshot::load(database, revision);
  return newest_;
}

std::shared_ptr<const Snapshot> SnapshotCache::newest() const {
  const std::lock_guard lock(loading_);
  return newest_;
}

}  // namespace carrel::search
