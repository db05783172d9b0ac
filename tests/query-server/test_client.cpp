#include "tests/query-server/test_client.h"

#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "query-server/http_message.h"

namespace carrel::query_server::testing {

std::string Answered::field(std::string_view name) const {
  for (std::size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at + 2)) {
    const auto colon = head.find(':', at + 2);
    if (colon == std::string::npos) break;
    if (same_name(std::string_view(head).substr(at + 2, colon - at - 2), name)) {
      const auto end = head.find("\r\n", colon);
      return head.substr(colon + 2, end == std::string::npos ? end : end - colon - 2);
    }
  }
  return {};
}

namespace {

/// Connects or throws; closes the socket when it throws.
template <typename Address>
int connected(int family, const Address& address) {
  const int socket = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval limit{10, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket);
    throw std::runtime_error("cannot connect to the server");
  }
  return socket;
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

sockaddr_un named(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  return address;
}

}  // namespace

TestClient::TestClient(std::uint16_t port) : socket_(connected(AF_INET, loopback(port))) {}

TestClient::TestClient(const std::string& path) : socket_(connected(AF_UNIX, named(path))) {}

TestClient::~TestClient() {
  ::close(socket_);
}

void TestClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void TestClient::end_sending() {
  ::shutdown(socket_, SHUT_WR);
}

bool TestClient::fill() {
  char piece[65536];
  const auto got = ::recv(socket_, piece, sizeof piece, 0);
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    throw std::runtime_error("no answer for 10 seconds");
  if (got <= 0) return false;
  received_.append(piece, static_cast<std::size_t>(got));
  return true;
}

std::optional<Answered> TestClient::receive(bool without_body) {
  std::size_t end;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) return std::nullopt;
  }
  Answered answer;
  answer.head = received_.substr(0, end);
  received_.erase(0, end + 4);
  answer.status = std::stoi(answer.head.substr(9, 3));
  const std::string length = answer.field("Content-Length");
  const std::size_t bytes = without_body || length.empty() ? 0 : std::stoul(length);
  while (received_.size() < bytes) {
    if (!fill()) return std::nullopt;
  }
  answer.body = received_.substr(0, bytes);
  received_.erase(0, bytes);
  return answer;
}

bool TestClient::is_closed_by_server() {
  return received_.empty() && !fill();
}

Answered ask(std::uint16_t port, std::string_view bytes, bool without_body) {
  TestClient client(port);
  client.send(bytes);
  auto answer = client.receive(without_body);
  if (!answer) throw std::runtime_error("the server closed without an answer");
  return *answer;
}

Answered get(std::uint16_t port, std::string_view target, std::string_view more_fields) {
  return ask(port, "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" +
                       std::string(more_fields) + "\r\n");
}

Answered post(std::uint16_t port, std::string_view target, std::string_view type, std::string_view body) {
  return ask(port, "POST " + std::string(target) +
                       " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(type) +
                       "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
}

}  // namespace carrel::query_server::testing
