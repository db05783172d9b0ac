#include <algorithm>
#include <vector>

#include "search/schema/identifiers.h"

namespace carrel::schema {
namespace {

std::vector<std::string_view> split(std::string_view key) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t colon = std::min(key.find(':'), key.size());
    parts.push_back(key.substr(0, colon));
    if (colon == key.size()) return parts;
    key.remove_prefix(colon + 1);
  }
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

/// "h2a" → "H-2A", "i914" → "I-914".
std::string with_dash(std::string_view text) {
  const std::size_t digit = std::min(text.find_first_of("0123456789"), text.size());
  std::string out = upper(text.substr(0, digit));
  if (digit < text.size()) out += "-" + upper(text.substr(digit));
  return out;
}

std::string paragraphs(const std::vector<std::string_view>& parts, std::size_t from) {
  std::string out;
  for (std::size_t i = from; i < parts.size(); ++i) out += "(" + std::string(parts[i]) + ")";
  return out;
}

}  // namespace

std::string spoken(std::string_view key) {
  const auto parts = split(key);
  const std::string_view kind = parts.front();
  if (parts.size() >= 3 && (kind == "usc" || kind == "cfr")) {
    return std::string(parts[1]) + (kind == "usc" ? " U.S.C. " : " C.F.R. ") + std::string(parts[2]) +
           paragraphs(parts, 3);
  }
  if (parts.size() < 2) return upper(key);
  const std::string_view name = parts[1];
  if (kind == "ina") return "INA " + std::string(name) + paragraphs(parts, 2);
  if (kind == "visa") return with_dash(name) + " visa";
  if (kind == "form") {
    return "Form " + with_dash(name) + (parts.size() > 2 ? ", Supplement " + upper(parts[2]) : "");
  }
  if (kind == "pl") return "P.L. " + std::string(name);
  if (kind == "ncj") return "NCJ " + std::string(name);
  if (kind == "eo") return "E.O. " + std::string(name);
  return std::string(key.substr(kind.size() + 1));
}

}  // namespace carrel::schema
