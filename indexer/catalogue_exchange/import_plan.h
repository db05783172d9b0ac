// What an import changes in a catalogue, before it is done.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/catalogue.h"

namespace carrel::indexer {

struct FieldChange {
  std::string field;
  std::string before;  ///< several values separated by "; "; empty: none
  std::string after;
};

enum class RowChange { added, changed, removed };

struct RowDifference {
  RowChange change = RowChange::changed;
  std::string name;   ///< path or address
  std::string title;  ///< as it will be, of a removed one as it was
  std::vector<FieldChange> fields;
};

struct ImportOptions {
  /// The import is the whole catalogue: what it does not say of a row goes, and so do rows that it does not
  /// name. Otherwise its values go before those of the catalogue, field by field.
  bool replace = false;
};

struct ImportPlan {
  std::vector<CatalogueRow> rows;  ///< as they will be: those of the catalogue in their order, then new ones
  std::vector<RowDifference> differences;
  std::size_t unchanged = 0;
};

/// Rows are the same when they share the id, else the address, else the path. Of two imported rows for one
/// the later counts. `deleted` are ids or addresses whose rows go.
ImportPlan plan_import(const std::vector<CatalogueRow>& catalogue, const std::vector<CatalogueRow>& imported,
                       const std::vector<std::string>& deleted, const ImportOptions& options);

}  // namespace carrel::indexer
