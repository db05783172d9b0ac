// The catalogue that an index amounts to.
#pragma once

#include <filesystem>
#include <vector>

#include "indexer/catalogue.h"
#include "search/schema/result.h"

namespace carrel::indexer {

/// A row for each document of an index, with the fields that it has there, wherever they came from: what a
/// library without a catalogue begins one with. Sorted by path. Errors as read_collection.
Result<std::vector<CatalogueRow>> rows_of_index(const std::filesystem::path& index);

}  // namespace carrel::indexer
