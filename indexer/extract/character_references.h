// Character references of HTML: &eacute; &#233; &#xE9;.
#pragma once

#include <string>
#include <string_view>

namespace carrel::indexer {

/// The named references of the HTML Standard as "name codes;" in the order of their bytes: codes are one or
/// two code points in hexadecimal joined by '+'; a '!' behind the name says that it counts without a
/// semicolon.
extern const std::string_view kNamedReferences;

/// Appends `text` to `out` with its character references decoded as the HTML Standard says: the longest known
/// name, with a semicolon or, for the old ones, without ("&ampx" is "&x", but not in an attribute's value);
/// numbers 128 to 159 as windows-1252; what is no character as U+FFFD; anything else as it stands.
void append_decoded(std::string& out, std::string_view text, bool in_attribute);

}  // namespace carrel::indexer
