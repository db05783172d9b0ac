// Where the server listens: an address with a port, a Unix socket, or a socket that was opened for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "search/schema/result.h"

namespace carrel::query_server {

/// One place to listen on: `path` when it is not empty, else `host` and `port`.
struct ListenAddress {
  std::string host = "127.0.0.1";  ///< an address or a name
  std::uint16_t port = 8080;       ///< 0: any free one
  std::string path = {};           ///< of a Unix socket
  /// Descriptor of a socket that somebody else has opened and that listens already (systemd); the server
  /// takes it over.
  std::optional<int> inherited = std::nullopt;

  friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

/// Reads "127.0.0.1:8080", "[::1]:0", "localhost:8080" or "unix:/run/carrel.sock". Error: usage.
Result<ListenAddress> parse_listen_address(const std::string& text);

/// "http://127.0.0.1:8080/", "unix:/run/carrel.sock" or "the socket that was handed over", for people.
std::string to_text(const ListenAddress& address);

}  // namespace carrel::query_server
