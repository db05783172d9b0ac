#include "indexer/health_report/html_text.h"

#include <fmt/format.h>

#include "search/schema/terms.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {

std::string html_text(std::string_view text) {
  const std::string whole = schema::repair_utf8(text);
  std::string out;
  out.reserve(whole.size() + whole.size() / 8);
  for (std::size_t at = 0; at < whole.size();) {
    const char32_t code = schema::next_code_point(whole, at);
    switch (code) {
      case U'&':
        out += "&amp;";
        break;
      case U'<':
        out += "&lt;";
        break;
      case U'>':
        out += "&gt;";
        break;
      case U'"':
        out += "&quot;";
        break;
      case U'\'':
        out += "&#39;";
        break;
      default: {
        const bool blank = code == U'\t' || code == U'\n' || code == U'\r';
        const bool control = (code < 0x20 && !blank) || (code >= 0x7f && code <= 0x9f);
        const bool no_character = (code & 0xfffe) == 0xfffe || (code >= 0xfdd0 && code <= 0xfdef);
        schema::append_utf8(out, control || no_character ? schema::kReplacement : code);
      }
    }
  }
  return out;
}

std::string html_link(std::string_view address, std::string_view text) {
  // host_of knows http and https alone: no script hides behind an address.
  if (schema::host_of(address).empty()) return html_text(text);
  return fmt::format("<a href=\"{}\" rel=\"noreferrer\">{}</a>", html_text(address), html_text(text));
}

}  // namespace carrel::indexer
