#include "query-server/page/links.h"

#include <algorithm>

#include "query-server/http_message.h"
#include "query-server/percent.h"

namespace carrel::query_server::page {
namespace {

constexpr std::string_view kDocuments = "/documents/";

bool begins_with(std::string_view text, std::string_view begin) {
  return text.size() > begin.size() && same_name(text.substr(0, begin.size()), begin);
}

}  // namespace

std::string Links::safe(std::string_view url) const {
  // Browsers drop tabs and line ends inside an address, and read "\" as "/".
  const bool plain = std::ranges::all_of(
      url, [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\\' && c != 0x7f; });
  if (url.empty() || !plain) return {};
  if (begins_with(url, "https://") || begins_with(url, "http://")) return std::string(url);
  if (url.front() == '/') return url.starts_with("//") ? std::string() : std::string(url);
  const bool relative = url.substr(0, url.find_first_of("/?#")).find(':') == std::string_view::npos;
  if (!relative || !documents_served_ || url.front() == '#' || url.front() == '?') return {};
  return std::string(kDocuments) + std::string(url);
}

std::string Links::to(const search::Resource& resource) const {
  if (!resource.url.empty()) return safe(resource.url);
  return documents_served_ ? std::string(kDocuments) + percent_encode(resource.id, true) : std::string();
}

std::string Links::to(const search::Resource& resource, const search::Passage& passage) const {
  const std::string whole = to(resource);
  if (passage.url.empty() || whole.empty()) return whole;
  if (passage.url.starts_with('#')) return whole + passage.url;
  const std::string place = safe(passage.url);
  return place.empty() ? whole : place;
}

}  // namespace carrel::query_server::page
