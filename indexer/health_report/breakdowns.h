// The documents of an index by the values of a field.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "indexer/health_report/collection.h"

namespace carrel::indexer {

/// The documents that have one value.
struct Share {
  std::string value;                   ///< as the field holds it; empty: the documents without a value
  std::string label;                   ///< for people
  std::vector<std::size_t> documents;  ///< places in Collection::documents
};

/// A document with several values counts for each of them.
struct Breakdown {
  schema::FieldId field = schema::FieldId::type;
  std::string title;
  std::vector<Share> shares;  ///< the largest first, years in their order; the documents without a value last
  std::size_t documents = 0;  ///< in the index
};

/// By year, type, topic, audience, format, language, publisher, jurisdiction, series and accessibility. One
/// of which no document has a value has a single share.
std::vector<Breakdown> break_down(const Collection& collection);

/// One field: how many documents have it.
struct Coverage {
  schema::FieldId field = schema::FieldId::title;
  std::string label;
  std::size_t filled = 0;
  std::vector<std::size_t> lacking;  ///< places in Collection::documents
};

/// The fields that a librarian can fill in, in the order of the table of fields.
std::vector<Coverage> coverage(const Collection& collection);

}  // namespace carrel::indexer
