// An import as a person sees it: what would change, then the change.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "indexer/catalogue_exchange/catalogue_sources.h"
#include "indexer/catalogue_exchange/import_plan.h"
#include "search/schema/result.h"

namespace carrel::indexer {

struct CatalogueImportOptions {
  std::filesystem::path catalogue;  ///< need not exist yet
  ImportSources sources;
  ImportOptions plan;
  bool skip_mistakes = false;  ///< leave out records that make no row
  bool apply = false;          ///< write; else only tell
  AccessOptions access;
};

struct ImportOutcome {
  ImportPlan plan;
  std::vector<RecordRemark> remarks;  ///< values that were left out
  std::vector<RecordRemark> skipped;  ///< records that were left out
  std::vector<std::string> notes;
  bool written = false;
};

/// Reads sources and catalogue, finds the difference, checks the whole result as a catalogue is checked, and
/// writes it when asked to and anything differs; the catalogue of before is kept beside it under its name and
/// "~". Errors as read_import and Catalogue::load, usage (records that make no row, the first ten named; a
/// result with mistakes), no_space.
Result<ImportOutcome> import_catalogue(const CatalogueImportOptions& options, const std::atomic<bool>& stop);

/// The difference in lines: a row each, with its fields.
std::string to_text(const ImportPlan& plan);

}  // namespace carrel::indexer
