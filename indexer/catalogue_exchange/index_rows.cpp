#include "indexer/catalogue_exchange/index_rows.h"

#include <utility>

#include "indexer/health_report/collection.h"

namespace carrel::indexer {

Result<std::vector<CatalogueRow>> rows_of_index(const std::filesystem::path& index) {
  const auto collection = read_collection(index);
  if (!collection) return std::unexpected(collection.error());
  std::vector<CatalogueRow> rows;
  for (const HeldDocument& document : collection->documents) {
    if (!document.in_index()) continue;
    CatalogueRow row;
    row.path = document.path;
    for (const schema::Field& field : schema::kFields) {
      if (!field.is(schema::kCatalogue)) continue;
      for (const std::string& value : document.record.all(field.id)) row.fields.add(field.id, value);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace carrel::indexer
