// XMP, the metadata packet inside a PDF.
#pragma once

#include <string_view>

#include "indexer/extract/found_fields.h"

namespace carrel::indexer {

/// Adds the fields of an XMP packet: dc:title, dc:creator, dc:description, dc:subject (as topics),
/// dc:publisher, dc:language, dc:date. Nothing on junk.
void read_xmp(std::string_view packet, FoundFields& found);

}  // namespace carrel::indexer
