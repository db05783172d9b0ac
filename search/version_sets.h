// Which resources are versions of one work: translations of each other and editions of each other.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace Xapian {
class Database;
}

namespace carrel::search {

/// Immutable once loaded, shared by threads.
class VersionSets {
 public:
  static constexpr std::uint32_t kAlone = std::numeric_limits<std::uint32_t>::max();

  VersionSets() = default;

  /// Joins each pair of documents; `newer` has pairs of a newer edition and the older one that it replaces.
  VersionSets(std::span<const std::pair<std::uint32_t, std::uint32_t>> translations,
              std::span<const std::pair<std::uint32_t, std::uint32_t>> newer);

  /// Reads what translates and what replaces what. Translations of one original belong together even when the
  /// original is not in the library. Throws Xapian::Error.
  static VersionSets load(const Xapian::Database& database);

  /// The set of a document, from 0 to size() - 1; kAlone for one without other versions.
  std::uint32_t of(std::uint32_t document) const {
    return document < set_of_.size() ? set_of_[document] : kAlone;
  }

  std::size_t size() const { return size_; }

  /// How many editions of the library came after it, one replacing the other; 0: the newest.
  std::uint32_t editions_after(std::uint32_t document) const {
    return document < editions_after_.size() ? editions_after_[document] : 0;
  }

 private:
  std::vector<std::uint32_t> set_of_;  // by document; empty when no document has versions
  std::vector<std::uint32_t> editions_after_;
  std::size_t size_ = 0;
};

}  // namespace carrel::search
