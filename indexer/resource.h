// A resource as it will be indexed: the fields that catalogue and document give it, and its pages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/catalogue.h"
#include "indexer/extract/extraction.h"
#include "indexer/source.h"
#include "search/schema/record.h"

namespace carrel::indexer {

/// Where a field's value came from, for `why`: "catalogue, line 7", "PDF Info", "path", …
struct FieldSource {
  schema::FieldId field;
  std::string source;
};

struct Resource {
  schema::Record record;
  std::vector<FieldSource> sources;
  std::vector<Page> pages;
};

/// What shapes a resource beside catalogue and document.
struct ResourceOptions {
  std::string url_prefix;  ///< put before the relative path when nothing else gives an address; may be empty
};

/// Merges what is known of a document. For each field the first that has a value wins: the catalogue, then
/// what the document says in the extractor's order of precedence, then rules (type by folder and format,
/// address by prefix, title by file name). `row` may be nullptr. Takes the pages out of `extraction`.
Resource make_resource(const ListedFile& file, std::uint64_t bytes, const CatalogueRow* row,
                       Extraction&& extraction, const ResourceOptions& options);

/// The address of a file below a prefix: each byte that a path of a URL cannot hold percent-encoded.
std::string url_below(std::string_view prefix, std::string_view relative_path);

/// A changed fingerprint means that the fields of a file must be made anew. It begins with that of the
/// options alone, which is the one of files without a row.
std::string settings_hash(const CatalogueRow* row, const ResourceOptions& options);
/// The same, from the fingerprint of the options.
std::string settings_hash_from(const CatalogueRow* row, const std::string& of_options);

/// The day of a moment, as 2020-04-28 (UTC).
std::string day_of(std::int64_t since_1970_ns);

}  // namespace carrel::indexer
