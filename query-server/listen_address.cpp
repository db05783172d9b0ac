#include "query-server/listen_address.h"

#include <charconv>

#include <sys/un.h>

namespace carrel::query_server {

Result<ListenAddress> parse_listen_address(const std::string& text) {
  constexpr const char* kHint =
      "Write HOST:PORT, as 127.0.0.1:8080 or [::1]:8080 (port 0 takes any free one), or unix:/PATH";
  constexpr std::string_view kUnix = "unix:";
  const auto wrong = [&] { return fail(ErrorKind::usage, "Cannot listen on “" + text + "”", kHint); };
  if (text.starts_with(kUnix)) {
    std::string path = text.substr(kUnix.size());
    if (!path.starts_with('/')) return wrong();
    if (path.size() >= sizeof(sockaddr_un::sun_path)) {
      return fail(ErrorKind::usage, "The path of the socket “" + path + "” is too long",
                  "Unix sockets have paths of at most " + std::to_string(sizeof(sockaddr_un::sun_path) - 1) +
                      " bytes");
    }
    return ListenAddress{.host = {}, .port = 0, .path = std::move(path)};
  }
  const auto colon = text.rfind(':');
  const bool bracketed = text.starts_with('[');
  if (colon == std::string::npos || colon == 0) return wrong();
  std::string host = text.substr(0, colon);
  if (bracketed != host.ends_with(']') || (!bracketed && host.find(':') != std::string::npos)) return wrong();
  if (bracketed) host = host.substr(1, host.size() - 2);
  const char* const end = text.data() + text.size();
  std::uint16_t port = 0;
  const auto read = std::from_chars(text.data() + colon + 1, end, port);
  if (host.empty() || read.ec != std::errc() || read.ptr != end) return wrong();
  return ListenAddress{.host = std::move(host), .port = port};
}

std::string to_text(const ListenAddress& address) {
  if (address.inherited) return "the socket that was handed over";
  if (!address.path.empty()) return "unix:" + address.path;
  const bool bracketed = address.host.find(':') != std::string::npos;
  return (bracketed ? "http://[" : "http://") + address.host + (bracketed ? "]:" : ":") +
         std::to_string(address.port) + "/";
}

}  // namespace carrel::query_server
