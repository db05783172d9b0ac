#include "benchmarks/side_by_side/http_connection.h"

#include <array>
#include <charconv>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

namespace carrel::benchmarks {
namespace {

/// The value of a header line; nothing when it is not there. `head` ends with an empty line.
std::optional<std::string_view> header(std::string_view head, std::string_view name) {
  for (std::size_t line = head.find("\r\n"); line != std::string_view::npos;
       line = head.find("\r\n", line + 2)) {
    const std::string_view rest = head.substr(line + 2);
    if (rest.size() > name.size() && rest[name.size()] == ':' &&
        strncasecmp(rest.data(), name.data(), name.size()) == 0) {
      std::string_view value = rest.substr(name.size() + 1, rest.find("\r\n") - name.size() - 1);
      while (value.starts_with(' ')) value.remove_prefix(1);
      return value;
    }
  }
  return std::nullopt;
}

template <typename Number>
std::optional<Number> number_of(std::string_view text, int base = 10) {
  Number number{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (read.ec != std::errc{}) return std::nullopt;
  return number;
}

}  // namespace

HttpConnection::HttpConnection(std::string host, std::uint16_t port) : host_(std::move(host)), port_(port) {}

HttpConnection::~HttpConnection() {
  close();
}

bool HttpConnection::connect() {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port_);
  if (inet_pton(AF_INET, host_.c_str(), &address.sin_addr) != 1) return false;
  const int on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

void HttpConnection::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  buffer_.clear();
}

bool HttpConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool HttpConnection::receive() {
  std::array<char, 65536> part;
  const ssize_t got = ::recv(socket_, part.data(), part.size(), 0);
  if (got <= 0) return false;
  buffer_.append(part.data(), static_cast<std::size_t>(got));
  return true;
}

std::optional<std::size_t> HttpConnection::read_chunks(std::size_t begin) {
  std::size_t bytes = 0;
  while (true) {
    std::size_t line_end = buffer_.find("\r\n", begin);
    while (line_end == std::string::npos) {
      if (!receive()) return std::nullopt;
      line_end = buffer_.find("\r\n", begin);
    }
    const auto size = number_of<std::size_t>(std::string_view(buffer_).substr(begin, line_end - begin), 16);
    if (!size) return std::nullopt;
    const std::size_t end = line_end + 2 + *size + 2;
    while (buffer_.size() < end) {
      if (!receive()) return std::nullopt;
    }
    begin = end;
    bytes += *size;
    if (*size == 0) return bytes;
  }
}

std::optional<HttpConnection::Answer> HttpConnection::read_answer() {
  buffer_.clear();
  std::size_t head_end = std::string::npos;
  while ((head_end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!receive()) return std::nullopt;
  }
  head_end += 4;
  const std::string head = buffer_.substr(0, head_end - 2);
  Answer answer;
  answer.status = number_of<int>(std::string_view(head).substr(9, 3)).value_or(0);
  const bool ends = header(head, "Connection").value_or("") == "close";
  if (const auto length = header(head, "Content-Length")) {
    answer.body_bytes = number_of<std::size_t>(*length).value_or(0);
    while (buffer_.size() < head_end + answer.body_bytes) {
      if (!receive()) return std::nullopt;
    }
  } else if (header(head, "Transfer-Encoding")) {
    const auto bytes = read_chunks(head_end);
    if (!bytes) return std::nullopt;
    answer.body_bytes = *bytes;
  } else {
    while (receive()) {
    }
    answer.body_bytes = buffer_.size() - head_end;
    close();
  }
  if (ends) close();
  return answer;
}

std::optional<HttpConnection::Answer> HttpConnection::get(std::string_view target) {
  const std::string request =
      fmt::format("GET {} HTTP/1.1\r\nHost: {}:{}\r\nAccept: */*\r\n\r\n", target, host_, port_);
  // A connection that was kept may have been ended by the server meanwhile: then once more on a new one.
  for (int attempt = 0; attempt < 2; ++attempt) {
    const bool fresh = socket_ < 0;
    if (fresh && !connect()) break;
    if (send(request)) {
      if (auto answer = read_answer()) return answer;
    }
    close();
    if (fresh) break;
  }
  close();
  return std::nullopt;
}

std::string as_parameter(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain) {
      out += c;
    } else {
      out += c == ' ' ? "+" : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace carrel::benchmarks
