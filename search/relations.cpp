#include "search/relations.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>

#include "search/resource_reader.h"
#include "search/schema/terms.h"

namespace carrel::search {
namespace {

using schema::FieldId;

/// Bounds on what one hit can cost, far above what a library has; they also end circles in a catalogue.
constexpr std::size_t kMaxTranslations = 200;
constexpr std::size_t kMaxEditions = 50;

/// The resources whose `field` names `id`.
std::vector<Resource> naming(const Xapian::Database& database, FieldId field, std::string_view id,
                             std::size_t limit) {
  std::vector<Resource> found;
  const std::string term = schema::filter_term(schema::field(field), id);
  for (auto it = database.postlist_begin(term); it != database.postlist_end(term) && found.size() < limit;
       ++it) {
    found.push_back(read_resource(database, *it));
  }
  return found;
}

bool holds(const std::vector<Resource>& resources, std::string_view id) {
  return std::ranges::any_of(resources, [&](const Resource& one) { return one.id == id; });
}

const std::string& link_of(const Resource& resource) {
  return resource.url.empty() ? resource.path : resource.url;
}

}  // namespace

std::vector<Translation> translations_of(const Xapian::Database& database, const Resource& resource) {
  const std::string& original = resource.translation_of.empty() ? resource.id : resource.translation_of;
  std::vector<Resource> set = naming(database, FieldId::translation_of, original, kMaxTranslations);
  if (original != resource.id) {
    if (const auto document = find_document(database, original))
      set.push_back(read_resource(database, *document));
  }
  std::vector<Translation> others;
  for (const Resource& one : set) {
    if (one.id != resource.id) others.push_back({one.id, one.language, link_of(one)});
  }
  std::ranges::sort(others, [](const Translation& a, const Translation& b) {
    return std::tie(a.language, a.id) < std::tie(b.language, b.id);
  });
  return others;
}

std::vector<Edition> editions_of(const Xapian::Database& database, const Resource& resource) {
  std::vector<Resource> chain{resource};
  for (std::size_t i = 0; i < chain.size() && chain.size() < kMaxEditions; ++i) {
    const std::string id = chain[i].id;
    const std::string older = chain[i].supersedes;
    if (!older.empty() && !holds(chain, older)) {
      if (const auto document = find_document(database, older))
        chain.push_back(read_resource(database, *document));
    }
    for (Resource& newer : naming(database, FieldId::supersedes, id, kMaxEditions)) {
      if (!holds(chain, newer.id)) chain.push_back(std::move(newer));
    }
  }
  std::vector<Edition> others;
  for (const Resource& one : chain) {
    if (one.id != resource.id) others.push_back({one.id, one.date, link_of(one)});
  }
  std::ranges::sort(others, [](const Edition& a, const Edition& b) {
    return a.date != b.date ? a.date > b.date : a.id < b.id;
  });
  return others;
}

}  // namespace carrel::search
