#include "indexer/inputs.h"

#include <utility>

namespace carrel::indexer {

Result<Inputs> gather_inputs(const InputOptions& options) {
  Inputs inputs;
  for (const std::filesystem::path& source : options.sources) {
    auto listing = list_source(source);
    if (!listing) return std::unexpected(listing.error());
    inputs.sources.push_back(std::move(*listing));
  }
  if (options.catalogue) {
    auto catalogue = Catalogue::load(*options.catalogue);
    if (!catalogue) return std::unexpected(catalogue.error());
    inputs.catalogue.emplace(std::move(*catalogue));
  }
  return inputs;
}

}  // namespace carrel::indexer
