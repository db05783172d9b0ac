#include "query-server/listening_socket.h"

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace carrel::query_server {
namespace {

constexpr int kType = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;

std::unexpected<Error> cannot_listen(const ListenAddress& where, int error) {
  const std::string text = to_text(where);
  if (error == EADDRINUSE) {
    return fail(ErrorKind::usage, "Cannot listen on " + text + " because another program already does",
                "Stop that program or choose another address with --listen, as --listen 127.0.0.1:0 for any port");
  }
  return fail(ErrorKind::usage, "Cannot listen on " + text + ": " + std::strerror(error),
              "Give an address of this machine and a port that is free, as --listen 127.0.0.1:8080");
}

sockaddr_un unix_address(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  return address;
}

/// True when a socket file is there and nobody answers behind it.
bool is_left_over(const sockaddr_un& address) {
  struct stat status {};
  if (::lstat(address.sun_path, &status) != 0 || !S_ISSOCK(status.st_mode)) return false;
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return false;
  const bool refused = ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
                       errno == ECONNREFUSED;
  ::close(probe);
  return refused;
}

/// A descriptor that listens, or the negative of what went wrong.
int bound(int family, const sockaddr* address, socklen_t size) {
  const int descriptor = ::socket(family, kType, 0);
  if (descriptor < 0) return -errno;
  const int yes = 1;
  if (family != AF_UNIX) ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (family == AF_INET6) ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
  if (::bind(descriptor, address, size) == 0 && ::listen(descriptor, SOMAXCONN) == 0) return descriptor;
  const int error = errno;
  ::close(descriptor);
  return -error;
}

}  // namespace

ListeningSocket::ListeningSocket(ListenAddress address, int descriptor)
    : address_(std::move(address)), descriptor_(descriptor) {}

ListeningSocket::ListeningSocket(ListeningSocket&& other) noexcept
    : address_(std::exchange(other.address_, {})), descriptor_(std::exchange(other.descriptor_, -1)) {}

ListeningSocket::~ListeningSocket() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!address_.path.empty()) ::unlink(address_.path.c_str());
}

int ListeningSocket::release() {
  return std::exchange(descriptor_, -1);
}

int ListeningSocket::family() const {
  int family = AF_INET;
  socklen_t size = sizeof family;
  ::getsockopt(descriptor_, SOL_SOCKET, SO_DOMAIN, &family, &size);
  return family;
}

Result<ListeningSocket> ListeningSocket::open(const ListenAddress& wanted) {
  if (wanted.inherited) {
    int listens = 0;
    socklen_t size = sizeof listens;
    if (::getsockopt(*wanted.inherited, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) != 0 || listens == 0) {
      return fail(ErrorKind::usage, "The socket that was handed over does not listen",
                  "Use a systemd socket unit with ListenStream= and Accept=no");
    }
    return ListeningSocket(wanted, *wanted.inherited);
  }
  if (!wanted.path.empty()) {
    const sockaddr_un address = unix_address(wanted.path);
    if (is_left_over(address)) ::unlink(address.sun_path);
    const int descriptor = bound(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    if (descriptor < 0) return cannot_listen(wanted, -descriptor);
    ::chmod(address.sun_path, 0660);
    return ListeningSocket(wanted, descriptor);
  }
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(wanted.host.c_str(), std::to_string(wanted.port).c_str(), &hints, &found) != 0) {
    return fail(ErrorKind::usage, "There is no host “" + wanted.host + "” to listen on",
                "Give an address of this machine, as --listen 127.0.0.1:8080");
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
  const int descriptor = bound(found->ai_family, found->ai_addr, found->ai_addrlen);
  if (descriptor < 0) return cannot_listen(wanted, -descriptor);
  sockaddr_storage taken{};
  socklen_t size = sizeof taken;
  ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&taken), &size);
  ListenAddress address = wanted;
  address.port = ntohs(taken.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(taken).sin6_port
                                                   : reinterpret_cast<const sockaddr_in&>(taken).sin_port);
  return ListeningSocket(std::move(address), descriptor);
}

std::string peer_key(int connected_socket, bool loopback_too) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  if (::getpeername(connected_socket, reinterpret_cast<sockaddr*>(&peer), &size) != 0) return {};
  if (peer.ss_family == AF_INET) {
    const in_addr& address = reinterpret_cast<const sockaddr_in&>(peer).sin_addr;
    const bool loopback = (ntohl(address.s_addr) >> 24) == 127;
    if (loopback && !loopback_too) return {};
    return {reinterpret_cast<const char*>(&address), sizeof address};
  }
  if (peer.ss_family == AF_INET6) {
    const in6_addr& address = reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr;
    if (IN6_IS_ADDR_LOOPBACK(&address) && !loopback_too) return {};
    const bool mapped = IN6_IS_ADDR_V4MAPPED(&address);
    // A household or a phone has a whole /64 to itself.
    return {reinterpret_cast<const char*>(&address) + (mapped ? 12 : 0), mapped ? 4U : 8U};
  }
  return {};
}

}  // namespace carrel::query_server
