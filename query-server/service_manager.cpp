#include "query-server/service_manager.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace carrel::query_server {
namespace {

/// SD_LISTEN_FDS_START.
constexpr int kFirstInherited = 3;

std::optional<std::int64_t> number_in_environment(const char* name) {
  const char* text = std::getenv(name);
  if (text == nullptr) return std::nullopt;
  const std::string_view digits = text;
  std::int64_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return number;
}

}  // namespace

std::vector<InheritedSocket> inherited_sockets() {
  std::vector<InheritedSocket> sockets;
  const auto count = number_in_environment("LISTEN_FDS");
  if (count && number_in_environment("LISTEN_PID") == ::getpid()) {
    const char* listed = std::getenv("LISTEN_FDNAMES");
    std::string_view names = listed == nullptr ? "" : listed;
    for (int i = 0; i < std::min<std::int64_t>(*count, 64); ++i) {
      const auto colon = names.find(':');
      sockets.push_back({kFirstInherited + i, std::string(names.substr(0, colon))});
      names = colon == std::string_view::npos ? "" : names.substr(colon + 1);
      ::fcntl(kFirstInherited + i, F_SETFD, FD_CLOEXEC);
    }
  }
  for (const char* name : {"LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"}) ::unsetenv(name);
  return sockets;
}

void notify_service_manager(std::string_view state) {
  const char* path = std::getenv("NOTIFY_SOCKET");
  if (path == nullptr || (path[0] != '/' && path[0] != '@')) return;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string_view name = path;
  if (name.size() >= sizeof address.sun_path) return;
  name.copy(address.sun_path, sizeof address.sun_path - 1);
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  ::sendto(socket, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), size);
  ::close(socket);
}

std::chrono::milliseconds watchdog_interval() {
  const auto microseconds = number_in_environment("WATCHDOG_USEC");
  const auto process = number_in_environment("WATCHDOG_PID");
  if (!microseconds || *microseconds <= 0 || (process && *process != ::getpid())) {
    return std::chrono::milliseconds(0);
  }
  return std::max(std::chrono::milliseconds(*microseconds / 2000), std::chrono::milliseconds(1));
}

}  // namespace carrel::query_server
