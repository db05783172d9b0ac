// A catalogue as a file: what Catalogue reads, written.
#pragma once

#include <string>
#include <vector>

#include "indexer/catalogue.h"

namespace carrel::indexer {

/// Rows as CSV (RFC 4180, a header line, the columns that any row has, `path` and then as the table of fields
/// has them). Several values of a field are separated by ';', one inside a value is written "\;". Read again,
/// the rows are the same.
std::string catalogue_csv(const std::vector<CatalogueRow>& rows);

/// Rows as JSON Lines: an object a row, several values as an array.
std::string catalogue_json_lines(const std::vector<CatalogueRow>& rows);

/// JSON Lines for a name that ends in .jsonl or .ndjson, else CSV.
std::string catalogue_text(const std::vector<CatalogueRow>& rows, const std::filesystem::path& file);

}  // namespace carrel::indexer
