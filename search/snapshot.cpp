#include "search/snapshot.h"

#include <algorithm>

#include <xapian.h>

#include "search/schema/language.h"
#include "search/suggestion_sources.h"

namespace carrel::search {

std::shared_ptr<const Snapshot> Snapshot::load(const Xapian::Database& database, std::string revision) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->revision_ = std::move(revision);
  snapshot->columns_ = FacetColumns::load(database);
  snapshot->versions_ = VersionSets::load(database);
  const std::string prefix(schema::field(schema::FieldId::language).term_prefix);
  for (auto it = database.allterms_begin(prefix); it != database.allterms_end(prefix); ++it) {
    std::string language = schema::base_language((*it).substr(prefix.size()));
    if (std::ranges::find(snapshot->languages_, language) == snapshot->languages_.end()) {
      snapshot->languages_.push_back(std::move(language));
    }
  }
  std::ranges::sort(snapshot->languages_);
  auto thesaurus = schema::decode_thesaurus(database.get_metadata(std::string(schema::kThesaurusKey)));
  snapshot->labels_ =
      std::make_unique<const LabelIndex>(thesaurus ? std::move(*thesaurus) : schema::Thesaurus());
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
  }
  return *suggestions_;
}

std::shared_ptr<const Snapshot> SnapshotCache::get(const Xapian::Database& database,
                                                   const std::string& revision) {
  const std::lock_guard lock(loading_);
  if (!newest_ || newest_->revision() != revision) newest_ = Snapshot::load(database, revision);
  return newest_;
}

}  // namespace carrel::search
