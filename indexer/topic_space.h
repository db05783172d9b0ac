// The latent topics of a collection (S. Deerwester and others, Indexing by latent semantic analysis, 1990):
// what stems occur together, found from the collection itself. search/schema/topics.h says how they are
// stored.
#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <xapian.h>

#include "search/schema/topics.h"

namespace carrel::indexer {

/// Finds the topics of the resources in some databases, from a sample of them when they are many, and stores
/// in each resource what it is about. Given are the metadata keys and values of all stems, by key. The same
/// resources have the same topics however they are divided. May throw Xapian::Error.
std::vector<std::pair<std::string, std::string>> add_topics(
    const std::vector<std::filesystem::path>& databases, unsigned threads);

/// How often a document, new or of a database, has each stem that tells something.
std::unordered_map<std::string, double> stem_occurrences(Xapian::TermIterator begin, Xapian::TermIterator end,
                                                         schema::TopicWords& words);

}  // namespace carrel::indexer
