#include "query-server/page/links.h"

#include <algorithm>

#include "query-server/http_message.h"
#include "query-server/percent.h"

namespace carrel::query_server::page {
namespace {

bool begins_with(std::string_view text, std::string_view begin) {
  return text.size() > begin.size() && same_name(text.substr(0, begin.size()), begin);
}

}  // namespace

std::string Links::safe(std::string_view url) {
  // Browsers drop tabs and line ends inside an address, and read a backslash as a slash.
  const bool plain = std::ranges::all_of(
      url, [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\\' && c != 0x7f; });
  if (!plain) return {};
  const bool ours = url.starts_with('/') && !url.starts_with("//");
  return ours || begins_with(url, "https://") || begins_with(url, "http://") ? std::string(url)
                                                                             : std::string();
}

std::string Links::to_page(std::string_view id) const {
  std::string page = "/resources/" + percent_encode(id, true);
  return parameters_.empty() ? page : page + "?" + parameters_;
}

std::string Links::to_other(std::string_view id, std::string_view url) const {
  const std::string own = served_ ? std::string() : safe(url);
  return own.empty() ? to_page(id) : own;
}

bool Links::serves(const search::Resource& resource) const {
  return served_ && !resource.path.empty() && served_(resource.path);
}

std::string Links::to(const search::Resource& resource) const {
  if (serves(resource)) return "/documents/" + percent_encode(resource.path, true);
  return safe(resource.url);
}

std::string Links::to(const search::Resource& resource, const search::Passage& passage) const {
  const std::string whole = to(resource);
  const auto hash = passage.url.find('#');
  if (whole.empty() || hash == std::string::npos) return whole;
  const bool own_fragment = whole.find('#') != std::string::npos;
  const std::string place = safe(whole + passage.url.substr(hash));
  return own_fragment || place.empty() ? whole : place;
}

}  // namespace carrel::query_server::page
