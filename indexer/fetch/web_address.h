// Addresses of the web, taken apart and put together.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace carrel::indexer {

/// An http or https address in one spelling: lower-case scheme and host, no default port, no dot segments, no
/// fragment, bytes that an address cannot hold percent-encoded.
struct WebAddress {
  std::string url;     ///< the whole
  std::string scheme;  ///< "http" or "https"
  std::string host;    ///< an IPv6 address in brackets
  std::string port;    ///< empty for the scheme's own
  std::string path;    ///< begins with '/'
  std::string query;   ///< without '?'; empty when there is none

  /// "https://example.org:8443": what robots.txt speaks for.
  std::string origin() const;
  /// Path and query, as robots.txt compares it.
  std::string target() const { return query.empty() ? path : path + "?" + query; }
};

/// Nothing for what is no http or https address, and for one with a user name or password in it.
std::optional<WebAddress> parse_address(std::string_view text);

/// Where `reference`, which may be relative, leads from `base`.
std::optional<WebAddress> resolve_address(const WebAddress& base, std::string_view reference);

}  // namespace carrel::indexer
