#include "tests/indexer/fetch/web_of_a_test.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace carrel::tests {
namespace {

WebRequest read_request(const std::string& head) {
  WebRequest request;
  const std::size_t first = head.find(' ');
  request.target = head.substr(first + 1, head.find(' ', first + 1) - first - 1);
  for (std::size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at + 2)) {
    const std::size_t colon = head.find(": ", at + 2);
    const std::size_t end = head.find("\r\n", at + 2);
    if (colon == std::string::npos || end == std::string::npos || colon > end) break;
    std::string name = head.substr(at + 2, colon - at - 2);
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    request.fields[name] = head.substr(colon + 2, end - colon - 2);
  }
  return request;
}

}  // namespace

WebOfATest::WebOfATest() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || ::bind(listener_, any, length) != 0 || ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, any, &length) != 0) {
    throw std::runtime_error("the test has no web server");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

WebOfATest::~WebOfATest() {
  ended_ = true;
  thread_.join();
  ::close(listener_);
}

void WebOfATest::answer(const std::string& target, WebAnswer answer) {
  this->answer(target, [answer = std::move(answer)](const WebRequest&) { return answer; });
}

void WebOfATest::answer(const std::string& target, std::function<WebAnswer(const WebRequest&)> answer) {
  const std::lock_guard lock(mutex_);
  answers_[target] = std::move(answer);
}

void WebOfATest::forget(const std::string& target) {
  const std::lock_guard lock(mutex_);
  answers_.erase(target);
}

std::string WebOfATest::url(std::string_view target) const {
  return fmt::format("http://127.0.0.1:{}{}", port_, target);
}

std::size_t WebOfATest::count(const std::string& target) const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::ranges::count(requests_, target, &WebRequest::target));
}

std::vector<WebRequest> WebOfATest::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void WebOfATest::serve() {
  while (!ended_) {
    pollfd waiting{.fd = listener_, .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, 20) <= 0) continue;
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    serve_one(connection);
    ::close(connection);
  }
}

void WebOfATest::serve_one(int connection) {
  std::string head;
  char buffer[4096];
  while (head.find("\r\n\r\n") == std::string::npos) {
    const ssize_t got = ::recv(connection, buffer, sizeof buffer, 0);
    if (got <= 0) return;
    head.append(buffer, static_cast<std::size_t>(got));
  }
  const WebRequest request = read_request(head);
  std::function<WebAnswer(const WebRequest&)> make;
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    if (const auto found = answers_.find(request.target); found != answers_.end()) make = found->second;
  }
  const WebAnswer answer = make ? make(request) : WebAnswer{.status = 404, .body = "not here"};
  while (answer.never && !ended_) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  std::string bytes = answer.whole;
  if (bytes.empty()) {
    bytes = fmt::format("HTTP/1.1 {} Said\r\nConnection: close\r\nContent-Length: {}\r\n", answer.status,
                        answer.body.size());
    if (!answer.type.empty()) bytes += "Content-Type: " + answer.type + "\r\n";
    for (const std::string& field : answer.fields) bytes += field + "\r\n";
    bytes += "\r\n" + answer.body;
  }
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t now = ::send(connection, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (now <= 0) return;
    sent += static_cast<std::size_t>(now);
  }
}

}  // namespace carrel::tests
