// Sockets that listen, before the HTTP library takes them over.
#pragma once

#include <string>
#include <vector>

#include "query-server/listen_address.h"
#include "search/schema/result.h"

namespace carrel::query_server {

/// A socket that listens; closed when it goes away, and then the file of a Unix socket is removed with it.
class ListeningSocket {
 public:
  /// Binds and listens, or takes an inherited socket over. A Unix socket gets the rights rw-rw---- and
  /// replaces one of the same path that nobody serves any more. Errors (usage): no such host, in use, not
  /// allowed.
  static Result<ListeningSocket> open(const ListenAddress& wanted);

  ListeningSocket(ListeningSocket&& other) noexcept;
  ListeningSocket& operator=(ListeningSocket&&) = delete;
  ~ListeningSocket();

  /// Where it listens, with the port that was taken.
  const ListenAddress& address() const { return address_; }

  /// AF_INET, AF_INET6 or AF_UNIX.
  int family() const;

  /// Hands the descriptor over: its new owner closes it. The file of a Unix socket is still removed here.
  int release();

 private:
  ListeningSocket(ListenAddress address, int descriptor);
  ListenAddress address_;
  int descriptor_;
};

/// Whom a connected socket leads to, for counting connections: an IPv4 address, the /64 of an IPv6 address.
/// Empty for Unix sockets and, when `loopback_too` is false, for loopback addresses. Never kept longer than
/// the connection.
std::string peer_key(int connected_socket, bool loopback_too);

}  // namespace carrel::query_server
