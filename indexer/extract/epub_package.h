// The package document of an EPUB (OPF) and its tables of contents.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/archive.h"
#include "indexer/extract/found_fields.h"

namespace carrel::indexer {

/// What a book is made of.
struct EpubPackage {
  std::vector<std::string> chapters;          ///< parts in reading order, without the table of contents
  std::map<std::string, std::string> titles;  ///< of parts, from the table of contents
};

/// Reads the package that META-INF/container.xml names, adding what it says of the book to `found`. False
/// when there is none or it is not whole.
bool read_epub_package(Archive& archive, EpubPackage& package, FoundFields& found);

}  // namespace carrel::indexer
