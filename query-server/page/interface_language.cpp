#include "query-server/page/interface_language.h"

#include <algorithm>
#include <charconv>

#include "search/schema/language.h"

namespace carrel::query_server::page {
namespace {

/// The tag of the messages for a language; empty when there are none.
std::string known(std::string_view tag) {
  const std::string canonical = schema::canonical_language(tag);
  const std::string base = schema::base_language(canonical);
  for (const std::string& language : Messages::languages()) {
    if (!canonical.empty() && (language == canonical || language == base)) return language;
  }
  return {};
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The weight of "es;q=0.8": 1 when it has none, 0 when it cannot be read.
double weight_of(std::string_view parameters) {
  const auto equals = parameters.find('=');
  if (equals == std::string_view::npos || trimmed(parameters.substr(0, equals)) != "q") return 1;
  const std::string_view digits = trimmed(parameters.substr(equals + 1));
  double weight = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), weight);
  return read.ec == std::errc() ? std::clamp(weight, 0.0, 1.0) : 0;
}

}  // namespace

InterfaceLanguage choose_language(std::string_view asked, std::string_view accepted) {
  if (std::string tag = known(asked); !tag.empty()) return {.tag = std::move(tag), .chosen = true};
  InterfaceLanguage best;
  double best_weight = 0;
  while (!accepted.empty()) {
    const auto comma = accepted.find(',');
    const std::string_view range = accepted.substr(0, comma);
    accepted = comma == std::string_view::npos ? std::string_view() : accepted.substr(comma + 1);
    const auto semicolon = range.find(';');
    const double weight = semicolon == std::string_view::npos ? 1 : weight_of(range.substr(semicolon + 1));
    std::string tag = known(trimmed(range.substr(0, semicolon)));
    if (tag.empty() || weight <= best_weight) continue;
    best.tag = std::move(tag);
    best_weight = weight;
  }
  return best;
}

}  // namespace carrel::query_server::page
