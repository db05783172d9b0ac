#include "search/similar.h"

#include <algorithm>
#include <unordered_set>

#include "search/schema/fields.h"
#include "search/schema/stop_words.h"
#include "search/schema/text.h"
#include "search/version_choice.h"

namespace carrel::search {
namespace {

using schema::FieldId;

/// Words compared, of so many that characterise a document; more add noise and cost.
constexpr Xapian::termcount kWords = 30;
/// Matches looked at for each that is asked for: versions fall together.
constexpr std::size_t kLookedAt = 4;

/// Body words with letters that other resources have too and that are no stop words.
class IsCharacteristic : public Xapian::ExpandDecider {
 public:
  explicit IsCharacteristic(const Xapian::Database& database) : database_(database) {}

  bool operator()(const std::string& term) const override {
    if (term.empty() || (term.front() >= 'A' && term.front() <= 'Z')) return false;
    if (term.front() >= '0' && term.front() <= '9') return false;
    if (schema::count_code_points(term) < 3) return false;
    for (const char* language : {"en", "es", "fr", "pt"}) {
      if (schema::stop_words(language).contains(term)) return false;
    }
    return database_.get_termfreq(term) > 1;
  }

 private:
  const Xapian::Database& database_;
};

/// Leaves out a document and its versions.
class IsOther : public Xapian::MatchDecider {
 public:
  IsOther(const VersionSets& versions, Xapian::docid document) : versions_(versions), document_(document) {}

  bool operator()(const Xapian::Document& document) const override {
    const Xapian::docid number = document.get_docid();
    const std::uint32_t set = versions_.of(document_);
    return number != document_ && (set == VersionSets::kAlone || versions_.of(number) != set);
  }

 private:
  const VersionSets& versions_;
  Xapian::docid document_;
};

}  // namespace

std::vector<Match> similar_to(const Xapian::Database& database, const FacetColumns& columns,
                              const VersionSets& versions, Xapian::docid document,
                              std::span<const std::string> languages, std::size_t limit) {
  Xapian::Enquire enquire(database);
  Xapian::RSet like;
  like.add_document(document);
  const IsCharacteristic characteristic(database);
  const Xapian::ESet words = enquire.get_eset(kWords, like, 0, &characteristic);
  if (words.empty() || limit == 0) return {};
  enquire.set_query({Xapian::Query::OP_OR, words.begin(), words.end()});
  enquire.set_weighting_scheme(Xapian::BM25Weight(0.9, 0, 8, 0.4, 0.5));  // as resources are ranked
  const IsOther other(versions, document);
  const auto asked = std::min<std::size_t>(kLookedAt * limit + 10, database.get_doccount());
  const Xapian::MSet found = enquire.get_mset(0, static_cast<Xapian::doccount>(asked), 0, nullptr, &other);

  std::vector<Match> matches;
  std::vector<std::vector<std::uint32_t>> of_set(versions.size());
  for (auto it = found.begin(); it != found.end(); ++it) {
    matches.push_back({*it, it.get_weight()});
    if (const std::uint32_t set = versions.of(*it); set != VersionSets::kAlone) of_set[set].push_back(*it);
  }
  const VersionChoice choice(versions, columns.find(FieldId::language), languages);
  std::vector<std::uint32_t> shown(versions.size(), 0);
  for (std::size_t set = 0; set < of_set.size(); ++set) {
    if (!of_set[set].empty()) shown[set] = choice.best(of_set[set]);
  }
  auto works = one_a_work(matches, versions, shown, false);
  if (works.size() > limit) works.resize(limit);
  return works;
}

}  // namespace carrel::search
