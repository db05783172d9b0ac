// Gathering the records of a repository by the Open Archives Initiative's protocol, OAI-PMH 2.0.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/catalogue_exchange/dublin_core.h"
#include "indexer/fetch/site_access.h"
#include "search/schema/result.h"

namespace carrel::indexer {

struct HarvestOptions {
  std::string base_url;
  std::string prefix = "oai_dc";  ///< metadataPrefix
  std::string set;                ///< may be empty
  std::string from;               ///< only what has changed since this day; may be empty
  std::size_t most_requests = 100'000;
};

/// All records of a list, page by page until no resumption token follows. Either all or an error: refused
/// (the repository says no, a token comes twice, too many pages), unreadable (no answer, an HTTP error),
/// damaged (no OAI-PMH), interrupted. A list without records is no error.
Result<std::vector<DublinCoreRecord>> harvest(const HarvestOptions& options, SiteAccess& sites);

}  // namespace carrel::indexer
