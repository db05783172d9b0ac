#include "indexer/fetch/web_address.h"

#include <algorithm>
#include <memory>

#include <curl/curl.h>

namespace carrel::indexer {
namespace {

constexpr std::size_t kLongestAddress = 8192;

using Address = std::unique_ptr<CURLU, void (*)(CURLU*)>;

/// A part of an address; empty when it is absent.
std::string part_of(CURLU* address, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(address, part, &text, flags) != CURLUE_OK) return {};
  std::string value(text);
  curl_free(text);
  return value;
}

std::optional<WebAddress> take_apart(CURLU* address) {
  WebAddress made;
  made.scheme = part_of(address, CURLUPART_SCHEME);
  if (made.scheme != "http" && made.scheme != "https") return std::nullopt;
  if (!part_of(address, CURLUPART_USER).empty() || !part_of(address, CURLUPART_PASSWORD).empty())
    return std::nullopt;
  made.host = part_of(address, CURLUPART_HOST);
  std::ranges::transform(made.host, made.host.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  while (made.host.ends_with('.')) made.host.pop_back();
  if (made.host.empty()) return std::nullopt;
  made.port = part_of(address, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT);
  made.path = part_of(address, CURLUPART_PATH);
  if (made.path.empty()) made.path = "/";
  made.query = part_of(address, CURLUPART_QUERY);
  made.url = made.origin() + made.target();
  return made;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Sets the whole address or, when there is one already, follows a reference from it.
bool set(CURLU* address, std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  const bool printable =
      std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (text.empty() || text.size() > kLongestAddress || !printable) return false;
  return curl_url_set(address, CURLUPART_URL, std::string(text).c_str(), CURLU_URLENCODE) == CURLUE_OK;
}

}  // namespace

std::string WebAddress::origin() const {
  return scheme + "://" + host + (port.empty() ? "" : ":" + port);
}

std::optional<WebAddress> parse_address(std::string_view text) {
  const Address address(curl_url(), &curl_url_cleanup);
  if (!address || !set(address.get(), text)) return std::nullopt;
  return take_apart(address.get());
}

std::optional<WebAddress> resolve_address(const WebAddress& base, std::string_view reference) {
  const Address address(curl_url(), &curl_url_cleanup);
  if (!address || !set(address.get(), base.url) || !set(address.get(), reference)) return std::nullopt;
  return take_apart(address.get());
}

}  // namespace carrel::indexer
