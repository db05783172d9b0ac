#include "query-server/entity_tag.h"

#include <cstdio>

#include <xxhash.h>

namespace carrel::query_server {
namespace {

std::string_view opaque(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  return tag;
}

std::string hex(XXH64_hash_t hash) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
  return text;
}

}  // namespace

std::string content_hash(std::string_view bytes) {
  return hex(XXH3_64bits(bytes.data(), bytes.size()));
}

std::string entity_tag(std::string_view revision, std::string_view request) {
  std::string both(revision);
  both.push_back('\n');
  both.append(request);
  const XXH128_hash_t hash = XXH3_128bits(both.data(), both.size());
  return "W/\"" + hex(hash.high64) + hex(hash.low64) + "\"";
}

bool matches_any(std::string_view list, std::string_view tag, Comparison comparison) {
  const auto equal = [&](std::string_view one) {
    if (comparison == Comparison::strong) return one == tag && !tag.starts_with("W/");
    return opaque(one) == opaque(tag);
  };
  while (!list.empty()) {
    const auto begin = list.find_first_not_of(" \t,");
    if (begin == std::string_view::npos) return false;
    list.remove_prefix(begin);
    if (list.front() == '*') return true;
    const auto open = list.find('"');
    const auto close = open == std::string_view::npos ? open : list.find('"', open + 1);
    if (close == std::string_view::npos) return false;
    if (equal(list.substr(0, close + 1))) return true;
    list.remove_prefix(close + 1);
  }
  return false;
}

}  // namespace carrel::query_server
