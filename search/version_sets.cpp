#include "search/version_sets.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include <xapian.h>

#include "search/schema/fields.h"

namespace carrel::search {
namespace {

using schema::FieldId;

constexpr int kMaxEditions = 50;

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// Calls `take` with the end of each term of a field and the documents that have it. Ids are compared as they
/// are, so the end of a term that names an id is the end of the term of that id itself.
template <typename Take>
void for_each_named(const Xapian::Database& database, FieldId field, Take&& take) {
  const std::string prefix(schema::field(field).term_prefix);
  for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix); ++term) {
    const std::string name = *term;
    std::vector<std::uint32_t> documents;
    for (auto at = database.postlist_begin(name); at != database.postlist_end(name); ++at)
      documents.push_back(*at);
    take(name.substr(prefix.size()), documents);
  }
}

std::uint32_t document_of(const Xapian::Database& database, const std::string& id_end) {
  const std::string term = std::string(schema::field(FieldId::id).term_prefix) + id_end;
  const auto at = database.postlist_begin(term);
  return at == database.postlist_end(term) ? 0 : *at;
}

/// Union-find over document numbers.
class Joined {
 public:
  std::uint32_t root(std::uint32_t one) {
    const auto known = parent_.find(one);
    if (known == parent_.end() || known->second == one) return one;
    const std::uint32_t top = root(known->second);
    parent_[one] = top;
    return top;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t root_a = root(a);
    const std::uint32_t root_b = root(b);
    parent_[a] = root_a;
    parent_[b] = root_b;
    parent_[root_a] = root_a;
    parent_[std::max(root_a, root_b)] = std::min(root_a, root_b);
  }
  std::vector<std::uint32_t> documents() const {
    std::vector<std::uint32_t> all;
    for (const auto& [document, parent] : parent_) all.push_back(document);
    std::ranges::sort(all);
    return all;
  }

 private:
  std::unordered_map<std::uint32_t, std::uint32_t> parent_;
};

}  // namespace

VersionSets::VersionSets(std::span<const std::pair<std::uint32_t, std::uint32_t>> translations,
                         std::span<const std::pair<std::uint32_t, std::uint32_t>> newer) {
  Joined joined;
  for (const auto& [a, b] : translations) joined.join(a, b);
  for (const auto& [a, b] : newer) joined.join(a, b);
  const auto documents = joined.documents();
  if (documents.empty()) return;
  set_of_.assign(documents.back() + 1, kAlone);
  editions_after_.assign(documents.back() + 1, 0);
  std::unordered_map<std::uint32_t, std::uint32_t> numbers;
  for (const std::uint32_t document : documents) {
    const auto number = static_cast<std::uint32_t>(numbers.size());
    set_of_[document] = numbers.emplace(joined.root(document), number).first->second;
  }
  size_ = numbers.size();
  // Longest chains first found in a few rounds; a circle in a catalogue ends with the rounds.
  bool changed = true;
  for (int round = 0; changed && round < kMaxEditions; ++round) {
    changed = false;
    for (const auto& [newer_one, older] : newer) {
      const std::uint32_t after = editions_after_[newer_one] + 1;
      if (editions_after_[older] >= after) continue;
      editions_after_[older] = after;
      changed = true;
    }
  }
}

VersionSets VersionSets::load(const Xapian::Database& database) {
  Pairs translations, newer;
  for_each_named(database, FieldId::translation_of,
                 [&](const std::string& id_end, const std::vector<std::uint32_t>& documents) {
                   const std::uint32_t original = document_of(database, id_end);
                   const std::uint32_t first = original == 0 ? documents.front() : original;
                   for (const std::uint32_t one : documents) {
                     if (one != first) translations.emplace_back(first, one);
                   }
                 });
  for_each_named(database, FieldId::supersedes,
                 [&](const std::string& id_end, const std::vector<std::uint32_t>& documents) {
                   const std::uint32_t older = document_of(database, id_end);
                   for (const std::uint32_t one : documents) {
                     if (older != 0 && one != older) newer.emplace_back(one, older);
                   }
                 });
  return VersionSets(translations, newer);
}

}  // namespace carrel::search
