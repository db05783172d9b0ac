// Text of others inside HTML.
#pragma once

#include <string>
#include <string_view>

namespace carrel::indexer {

/// `text` as content or attribute value of HTML: markup characters as references, ill-formed UTF-8, control
/// characters and noncharacters as U+FFFD. Blanks stay as they are.
std::string html_text(std::string_view text);

/// A link when `address` is http or https, else only the text. `text` is plain.
std::string html_link(std::string_view address, std::string_view text);

}  // namespace carrel::indexer
