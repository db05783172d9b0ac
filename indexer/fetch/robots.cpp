#include "indexer/fetch/robots.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace carrel::indexer {
namespace {

constexpr std::size_t kMostBytes = std::size_t{500} * 1024;  ///< RFC 9309, 2.5
constexpr double kLongestDelay = 3600;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool same_letters(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool is_token(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

bool is_unreserved(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

/// One spelling of percent-encoded bytes: unreserved ones as they are, those beyond ASCII encoded, digits in
/// upper case (RFC 9309, 2.2.2).
std::string normal(std::string_view text) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (lower(c) >= 'a' && lower(c) <= 'f') return lower(c) - 'a' + 10;
    return -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
      byte = static_cast<unsigned char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
      out += is_unreserved(byte) ? std::string(1, static_cast<char>(byte)) : fmt::format("%{:02X}", byte);
    } else if (byte >= 0x80) {
      out += fmt::format("%{:02X}", byte);
    } else {
      out += static_cast<char>(byte);
    }
  }
  return out;
}

/// Whether a pattern matches the beginning of a target. Each '*' takes as little as it can and more when the
/// rest fails: going back to the last one alone is enough, so the time is bounded by the product of lengths.
bool matches(std::string_view pattern, std::string_view target) {
  const bool to_the_end = pattern.ends_with('$');
  if (to_the_end) pattern.remove_suffix(1);
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t taken = 0;
  while (true) {
    if (p == pattern.size() && (!to_the_end || t == target.size())) return true;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      taken = t;
    } else if (p < pattern.size() && t < target.size() && pattern[p] == target[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos && taken < target.size()) {
      p = star + 1;
      t = ++taken;
    } else {
      return false;
    }
  }
}

/// What a group says, before it is known whom it is for.
struct Line {
  std::string_view name;
  std::string_view value;
};

std::optional<Line> split(std::string_view line) {
  line = line.substr(0, line.find('#'));
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return Line{trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1))};
}

}  // namespace

RobotsRules RobotsRules::forbid_all() {
  RobotsRules rules;
  rules.rules_.push_back({.pattern = "/", .allow = false});
  return rules;
}

RobotsRules RobotsRules::parse(std::string_view text, std::string_view product) {
  text = text.substr(0, kMostBytes);
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  RobotsRules ours;
  RobotsRules everybodys;
  bool group_is_ours = false;
  bool group_is_everybodys = false;
  bool ours_named = false;
  bool naming = false;  // the lines just before were user-agents: the next one belongs to the same group
  const auto add = [&](auto&& put) {
    if (group_is_ours) put(ours);
    if (group_is_everybodys) put(everybodys);
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const auto line = split(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line) continue;
    if (same_letters(line->name, "user-agent")) {
      if (!naming) group_is_ours = group_is_everybodys = false;
      naming = true;
      // "Carrel/2.0" in a file means Carrel.
      const std::string_view named = line->value.substr(
          0, static_cast<std::size_t>(std::ranges::find_if_not(line->value, is_token) - line->value.begin()));
      if (line->value == "*") {
        group_is_everybodys = true;
      } else if (!named.empty() && same_letters(named, product)) {
        group_is_ours = ours_named = true;
      }
    } else if (same_letters(line->name, "allow") || same_letters(line->name, "disallow")) {
      naming = false;
      // An empty rule says nothing.
      if (line->value.empty()) continue;
      const bool allow = lower(line->name.front()) == 'a';
      add([&](RobotsRules& rules) { rules.rules_.push_back({normal(line->value), allow}); });
    } else if (same_letters(line->name, "crawl-delay")) {
      naming = false;
      double seconds = 0;
      const auto [rest, error] =
          std::from_chars(line->value.data(), line->value.data() + line->value.size(), seconds);
      if (error != std::errc{} || !std::isfinite(seconds) || seconds < 0) continue;
      add([&](RobotsRules& rules) { rules.crawl_delay_ = std::min(seconds, kLongestDelay); });
    }
    // Other lines (Sitemap, Host…) belong to no group and end none.
  }
  return ours_named ? ours : everybodys;
}

bool RobotsRules::allows(std::string_view target) const {
  if (target == "/robots.txt") return true;
  const std::string asked = normal(target);
  const Rule* decides = nullptr;
  for (const Rule& rule : rules_) {
    if (!matches(rule.pattern, asked)) continue;
    const bool longer = decides == nullptr || rule.pattern.size() > decides->pattern.size();
    const bool kinder = decides != nullptr && rule.pattern.size() == decides->pattern.size() && rule.allow;
    if (longer || kinder) decides = &rule;
  }
  return decides == nullptr || decides->allow;
}

std::string_view product_token(std::string_view user_agent) {
  const auto end = std::ranges::find_if_not(user_agent, is_token);
  return user_agent.substr(0, static_cast<std::size_t>(end - user_agent.begin()));
}

}  // namespace carrel::indexer
