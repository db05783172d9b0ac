#include "indexer/extract/html_links.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <unordered_set>

#include <fmt/format.h>

#include "indexer/extract/extraction.h"

namespace carrel::indexer {
namespace {

// Longer ones are scripts' or trackers'.
constexpr std::size_t kLongestLink = 2048;

/// The scheme in lower case; empty when the target is relative.
std::string scheme_of(std::string_view target) {
  const std::size_t colon = target.find(':');
  if (colon == std::string_view::npos || target.find_first_of("/?#") < colon) return {};
  std::string scheme(target.substr(0, colon));
  for (char& c : scheme) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return scheme;
}

/// As browsers take an address: without the line ends and tabs in it, and without its fragment.
std::string packed(std::string_view target) {
  std::string out(target.substr(0, target.find('#')));
  std::erase_if(out, [](char c) { return c == '\n' || c == '\r' || c == '\t'; });
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

/// Bytes that no address may hold are percent-encoded: a reader of addresses refuses them.
std::string encoded(std::string_view target) {
  std::string out;
  for (const char c : target) {
    const bool odd =
        c <= ' ' || c == 0x7f || std::string_view("\"<>\\^`{|}").find(c) != std::string_view::npos;
    if (odd) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

std::string base_of(const MarkupTree& tree) {
  for (MarkupTree::Index i = 0; i < tree.size(); ++i) {
    if (tree.name(i) != "base") continue;
    if (const auto href = tree.attribute(i, "href")) return encoded(packed(*href));
  }
  return {};
}

}  // namespace

std::vector<std::string> read_links(const MarkupTree& tree) {
  const std::string base = base_of(tree);
  std::vector<std::string> links;
  std::unordered_set<std::string> seen;
  for (MarkupTree::Index i = 0; i < tree.size() && links.size() < kMostLinks; ++i) {
    if (tree.name(i) != "a" && tree.name(i) != "area") continue;
    std::string target = packed(tree.attribute(i, "href").value_or(""));
    if (target.empty() || target.size() > kLongestLink) continue;
    if (!base.empty()) target = resolve_reference(base, encoded(target));
    const std::string scheme = scheme_of(target);
    if (target.empty() || !(scheme.empty() || scheme == "http" || scheme == "https")) continue;
    if (seen.insert(target).second) links.push_back(std::move(target));
  }
  return links;
}

}  // namespace carrel::indexer
