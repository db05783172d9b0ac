// Where the links of a document lead inside its own library, and which of them lead nowhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/catalogue.h"
#include "indexer/source.h"

namespace carrel::indexer {

/// A link to a place where a file of this library would lie.
struct LibraryLink {
  std::string target;   ///< absolute path, without a '/' at its end
  std::string written;  ///< as the document has it

  friend bool operator==(const LibraryLink&, const LibraryLink&) = default;
};

/// Knows which addresses are of this library.
class LibraryPlaces {
 public:
  /// Addresses below `url_prefix` are of the library, and those below every prefix that the rows of the
  /// catalogue imply (an address that ends with the path of its row). `catalogue` may be nullptr.
  LibraryPlaces(std::string_view url_prefix, const Catalogue* catalogue);

  /// The links of `file` that lead to a place in the file's own source, each target once. Relative links are
  /// taken from the file's folder, addresses of the library from the source's root; what leads elsewhere is
  /// nobody's business.
  std::vector<LibraryLink> library_links(const ListedFile& file, const std::vector<std::string>& links) const;

 private:
  struct Prefix {
    std::string site;  ///< "https://example.org"
    std::string path;  ///< "/library/"
  };
  void add_prefix(std::string_view address);
  std::string target_of(const ListedFile& file, std::string_view link) const;

  std::vector<Prefix> prefixes_;
};

/// A short name of a path, for the ledger: 40 bits of a hash. Two of a million paths share one with a chance
/// of one in two.
std::uint64_t link_name(std::string_view path);

}  // namespace carrel::indexer
