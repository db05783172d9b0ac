// Everything a run looks at before an index is touched: what lies in the sources and what the librarian says.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "indexer/catalogue.h"
#include "indexer/source.h"
#include "search/schema/result.h"
#include "search/schema/rules.h"
#include "search/schema/thesaurus.h"

namespace carrel::indexer {

/// In place of the name of a thesaurus or of rules.
inline constexpr const char* kNone = "none";

/// Where documents come from, as a person names it.
struct InputOptions {
  std::vector<std::filesystem::path> sources;
  std::optional<std::filesystem::path> catalogue;
  /// Folder of documents fetched from the web: a source of its own when it is there, each document under the
  /// address that it was fetched from. Empty: none.
  std::filesystem::path copies;
  ListingOptions listing;
  /// A file that names the documents to look at, "-" for standard input: a path a line, absolute or from the
  /// working folder, each below one of the sources (the working folder when there are none).
  std::optional<std::filesystem::path> files_from;
  bool zero_separated = false;  ///< names in files_from end with a zero byte instead of a line end
  std::optional<std::filesystem::path> thesaurus;  ///< "none": without one
  std::optional<std::filesystem::path> rules;      ///< "none": without any
};

/// Sources and catalogue, read and found in order.
struct Inputs {
  std::vector<SourceListing> sources;
  std::optional<Catalogue> catalogue;
  std::int64_t listed_ns = 0;                  ///< when the listing began, since 1970
  std::optional<schema::Thesaurus> thesaurus;  ///< the one asked for
  std::optional<schema::Rules> rules;          ///< those asked for
  std::string copies;  ///< root of the source of fetched documents; empty when there is none

  /// nullptr when there is none.
  const Catalogue* catalogue_or_null() const { return catalogue ? &*catalogue : nullptr; }
};

/// Lists the sources, reads the catalogue, the thesaurus and the rules. Errors name the first thing that is wrong. A
/// source that does not exist is an error, so that an unmounted disk never looks like an empty library.
Result<Inputs> gather_inputs(const InputOptions& options);

}  // namespace carrel::indexer
