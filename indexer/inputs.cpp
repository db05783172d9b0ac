#include "indexer/inputs.h"

#include <chrono>
#include <fstream>
#include <iostream>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "indexer/companions.h"
#include "indexer/fetch/copy_store.h"
#include "indexer/rules_file.h"
#include "indexer/thesaurus_file.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace fs = std::filesystem;

namespace {

Result<std::vector<std::string>> read_names(const InputOptions& options) {
  std::ifstream file;
  const bool standard = *options.files_from == "-";
  if (!standard) file.open(*options.files_from, std::ios::binary);
  std::istream& in = standard ? std::cin : file;
  if (!in) {
    return fail(ErrorKind::unreadable, fmt::format("cannot read {}", options.files_from->string()),
                "check the name given with --files-from");
  }
  std::vector<std::string> names;
  const char end = options.zero_separated ? '\0' : '\n';
  for (std::string name; std::getline(in, name, end);) {
    if (!options.zero_separated && name.ends_with('\r')) name.pop_back();
    if (!name.empty()) names.push_back(std::move(name));
  }
  return names;
}

/// Tells the catalogue where fetched documents come from; there may be no catalogue yet.
Result<void> add_copies(const fs::path& folder, std::optional<Catalogue>& catalogue) {
  const auto addresses = copy_addresses(folder);
  if (!addresses) return std::unexpected(addresses.error());
  if (addresses->empty()) return {};
  if (!catalogue) catalogue.emplace();
  const std::string root = fs::absolute(folder).lexically_normal().string();
  for (const auto& [path, url] : *addresses)
    catalogue->add_fetched(path, schema::repair_utf8(path.substr(root.size() + 1)), url);
  return {};
}

}  // namespace

Result<Inputs> gather_inputs(const InputOptions& options) {
  Inputs inputs;
  inputs.listed_ns = std::chrono::duration_cast<std::chrono::nanoseconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
  if (options.files_from) {
    auto names = read_names(options);
    if (!names) return std::unexpected(names.error());
    const fs::path here = fs::current_path();
    add_companion_names(*names, here);
    auto listings = list_named_files(options.sources.empty() ? std::vector{here} : options.sources, *names,
                                     here, options.listing);
    if (!listings) return std::unexpected(listings.error());
    inputs.sources = std::move(*listings);
  } else {
    for (const fs::path& source : options.sources) {
      auto listing = list_source(source, options.listing);
      if (!listing) return std::unexpected(listing.error());
      inputs.sources.push_back(std::move(*listing));
    }
  }
  std::error_code error;
  const bool copies = !options.copies.empty() && fs::is_directory(options.copies, error);
  if (copies && !options.files_from) {
    auto listing = list_source(options.copies, options.listing);
    if (!listing) return std::unexpected(listing.error());
    inputs.copies = listing->root;
    inputs.sources.push_back(std::move(*listing));
  }
  for (SourceListing& listing : inputs.sources) find_companions(listing);
  if (options.catalogue) {
    auto catalogue = Catalogue::load(*options.catalogue);
    if (!catalogue) return std::unexpected(catalogue.error());
    inputs.catalogue.emplace(std::move(*catalogue));
  }
  if (copies) {
    if (auto added = add_copies(options.copies, inputs.catalogue); !added)
      return std::unexpected(added.error());
  }
  if (options.thesaurus == kNone) {
    inputs.thesaurus.emplace().origin = kNone;
  } else if (options.thesaurus) {
    auto thesaurus = read_thesaurus(*options.thesaurus);
    if (!thesaurus) return std::unexpected(thesaurus.error());
    inputs.thesaurus.emplace(std::move(*thesaurus));
  }
  if (options.rules == kNone) {
    inputs.rules.emplace();
  } else if (options.rules) {
    auto rules = read_rules(*options.rules);
    if (!rules) return std::unexpected(rules.error());
    inputs.rules.emplace(std::move(*rules));
  }
  return inputs;
}

}  // namespace carrel::indexer
