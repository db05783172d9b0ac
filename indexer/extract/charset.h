// From the bytes of a web page to UTF-8, by the rules that browsers follow.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace carrel::indexer {

/// The converter for a label as pages write it ("ISO-8859-1", " gb2312 ", "x-sjis"), widened as the Encoding
/// Standard says: iso-8859-1 is windows-1252, gb2312 is gb18030, shift_jis is windows-31j. Nothing for labels
/// that nobody knows.
std::optional<std::string_view> converter_of_label(std::string_view label);

/// The label that a `<meta charset>` or `<meta http-equiv=content-type>` among the first 4096 bytes gives.
std::optional<std::string> declared_charset(std::string_view bytes);

struct DecodedText {
  std::string utf8;     ///< valid; what could not be decoded is U+FFFD
  std::string charset;  ///< name of the converter that was used
};

/// Decides and decodes: a byte order mark wins, then `given` (a label from outside the page), then the page's
/// own declaration, then UTF-8 when the bytes are, then what
/// they look like when there is enough to tell, then windows-1252. A declaration that the bytes clearly
/// refute (valid UTF-8 with many multi-byte characters, or mostly invalid UTF-8) is not believed.
DecodedText decode_page(std::string_view bytes, std::optional<std::string_view> given = std::nullopt);

/// Decodes by one of ICU's converters, without asking the bytes; as UTF-8 when ICU has none of this name.
std::string decode_with(std::string_view bytes, const std::string& converter);

}  // namespace carrel::indexer
