// From the bytes of a text file to UTF-8: such files declare no charset.
#pragma once

#include <string>
#include <string_view>

namespace carrel::indexer {

/// A byte order mark decides, then UTF-8 when the bytes are, or nearly are; else ICU's detector, and
/// windows-1252 when it is not sure. Valid UTF-8; what could not be decoded is U+FFFD.
std::string decode_text(std::string_view bytes);

/// Decodes by a Windows code page, as RTF names them ("1251"). Unknown ones are read as 1252.
std::string decode_code_page(std::string_view bytes, int code_page);

}  // namespace carrel::indexer
