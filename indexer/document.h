// From a resource to the document that Xapian stores.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <xapian.h>

#include "indexer/resource.h"
#include "indexer/seen_words.h"
#include "search/schema/stemming.h"

namespace carrel::indexer {

/// What one resource adds to an index.
struct IndexedResource {
  std::string id;
  std::string id_term;
  Xapian::Document document;
  std::vector<std::pair<std::string, std::string>> pages;  ///< metadata key and value of each page
  std::vector<std::pair<std::string, std::string>> stems;  ///< new pairs of stem key and written form
  std::string sources;                                     ///< where its fields' values came from, for `why`
  std::uint64_t text_bytes = 0;
};

/// Metadata key of where the values of a resource's fields came from.
std::string sources_key(std::string_view id);

/// Builds documents by the layout of search/schema/index_directory.h. Remembers which words it has stemmed,
/// so that each pair of stem and form is handed out once. One object, one thread.
class DocumentBuilder {
 public:
  IndexedResource build(const Resource& resource);

 private:
  class Words;

  struct Language {
    explicit Language(const std::string& tag) : stemmer(tag) {}
    schema::Stemmer stemmer;
    SeenWords learned;  ///< exact forms
  };

  std::unordered_map<std::string, Language> languages_;
};

}  // namespace carrel::indexer
