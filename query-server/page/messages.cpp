#include "query-server/page/messages.h"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <vector>

#include "query-server/page/assets.h"

namespace carrel::query_server::page {
namespace {

/// One pass over the text, so that a brace in what fills a gap is no gap.
std::string filled(std::string_view text, std::span<const Messages::Gap> gaps) {
  std::string result;
  while (!text.empty()) {
    const auto open = text.find('{');
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    result += text.substr(0, close == std::string_view::npos ? text.size() : open);
    if (close == std::string_view::npos) break;
    const auto name = text.substr(open + 1, close - open - 1);
    const auto gap = std::ranges::find(gaps, name, &Messages::Gap::first);
    result += gap == gaps.end() ? text.substr(open, close - open + 1) : gap->second;
    text.remove_prefix(close + 1);
  }
  return result;
}

}  // namespace

Messages::Messages(std::string_view file) {
  View::Map plain;
  while (!file.empty()) {
    const auto end = file.find('\n');
    const std::string_view line = file.substr(0, end);
    file = end == std::string_view::npos ? std::string_view() : file.substr(end + 1);
    if (line.empty() || line.front() == '#') continue;
    const auto equals = line.find(" = ");
    if (equals == std::string_view::npos)
      throw std::logic_error("messages: no message: " + std::string(line));
    const std::string_view text = line.substr(equals + 3);
    texts_.emplace(line.substr(0, equals), text);
    if (text.find('{') == std::string_view::npos) plain.emplace(line.substr(0, equals), text);
  }
  view_ = View(std::move(plain));
}

const Messages& Messages::of(std::string_view) {
  static const Messages english(asset("messages.en.txt"));
  return english;
}

std::string Messages::text(std::string_view key, std::initializer_list<Gap> gaps) const {
  const auto found = texts_.find(key);
  if (found == texts_.end()) throw std::logic_error("messages: no text for " + std::string(key));
  return filled(found->second, {gaps.begin(), gaps.size()});
}

std::string Messages::text_or(std::string_view key, std::string_view fallback) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? std::string(fallback) : found->second;
}

std::string Messages::count(std::string_view key, std::uint64_t value,
                            std::initializer_list<Gap> gaps) const {
  const auto found = texts_.find(std::string(key) + (value == 1 ? ".one" : ".other"));
  if (found == texts_.end()) throw std::logic_error("messages: no forms for " + std::string(key));
  const std::string digits = number(value);
  std::vector<Gap> all(gaps);
  all.emplace_back("number", digits);
  return filled(found->second, all);
}

std::string Messages::number(std::uint64_t value) const {
  std::string digits = std::to_string(value);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

}  // namespace carrel::query_server::page
