// Where Xapian's exceptions become errors: the indexer calls Xapian inside guarded() alone.
#pragma once

#include <filesystem>
#include <string>
#include <type_traits>
#include <utility>

#include <xapian.h>

#include "search/schema/result.h"

namespace carrel::indexer {

/// The error for people that `error` means about the index in `directory`.
Error translate(const Xapian::Error& error, const std::filesystem::path& directory);

/// Runs `work`, which may throw Xapian::Error.
template <typename Work>
auto guarded(const std::filesystem::path& directory, Work&& work) -> Result<decltype(work())> {
  try {
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      return {};
    } else {
      return work();
    }
  } catch (const Xapian::Error& error) {
    return std::unexpected(translate(error, directory));
  }
}

/// What `status` and the answers of a search call the state of an index.
std::string revision_of(const Xapian::Database& database);

}  // namespace carrel::indexer
