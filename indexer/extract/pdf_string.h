// Text strings of PDF: titles, labels, outline entries.
#pragma once

#include <string>
#include <string_view>

namespace carrel::indexer {

/// A PDF text string (ISO 32000-2, 7.9.2.2: UTF-16 or UTF-8 with a mark, else PDFDocEncoding) as one clean
/// line of UTF-8. Language escapes are dropped.
std::string decode_pdf_string(std::string_view raw);

}  // namespace carrel::indexer
