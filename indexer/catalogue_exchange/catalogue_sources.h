// From files and addresses to rows that can be imported.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "indexer/catalogue.h"
#include "indexer/catalogue_exchange/dublin_core.h"
#include "indexer/catalogue_exchange/oai_harvest.h"
#include "indexer/fetch/site_access.h"
#include "search/schema/result.h"

namespace carrel::indexer {

struct ImportSources {
  std::vector<std::string> sources;       ///< files and addresses: CSV, JSON Lines, XML
  std::optional<HarvestOptions> harvest;  ///< a repository
};

struct ImportedRows {
  std::vector<CatalogueRow> rows;
  std::vector<std::string> deleted;    ///< ids of records that their repository has deleted
  std::vector<RecordRemark> remarks;   ///< values that were left out
  std::vector<RecordRemark> mistakes;  ///< records that make no row
  std::vector<std::string> notes;      ///< sentences
};

/// Reads all of them. Errors: not_found, unreadable, damaged, usage (mistakes of a CSV or JSON Lines file,
/// with line and column), and those of harvest.
Result<ImportedRows> read_import(const ImportSources& sources, SiteAccess& sites);

}  // namespace carrel::indexer
