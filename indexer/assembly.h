// The stage that makes of a read file what the index will hold and remember of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/catalogue.h"
#include "indexer/extract/extractor_pool.h"
#include "indexer/ledger.h"
#include "indexer/plan.h"
#include "indexer/resource.h"

namespace carrel::indexer {

/// A file as it goes on to the writer: the ledger's entry, and the resource unless entry.code says why there
/// is none.
struct Assembled {
  LedgerEntry entry;
  std::optional<Resource> resource;
  std::vector<std::string> links;  ///< Extraction::links
};

/// Merges what was read with what the catalogue says; nothing is looked up in the index. `catalogue` may be
/// nullptr; a row that names no file is found by the address that the document gives itself.
/// The pages and fields are taken out of `outcome`.
Assembled assemble(const PlannedFile& planned, ExtractionOutcome& outcome, const Catalogue* catalogue,
                   const ResourceOptions& options);

/// Makes `entry` say that its id belongs to the file `owner`, so that it is not in the index.
void make_duplicate(LedgerEntry& entry, const std::string& owner);

/// Files that are no documents, and documents that ask not to be indexed, are left out without being
/// failures.
bool is_skipped(std::string_view code);

}  // namespace carrel::indexer
