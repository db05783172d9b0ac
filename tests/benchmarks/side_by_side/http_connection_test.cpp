#include "benchmarks/side_by_side/http_connection.h"

#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/catch.h"

namespace carrel::benchmarks {
namespace {

/// Gives each request the next of some bytes, whatever it asks; an empty one ends the connection instead.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<std::string> answers) : answers_(std::move(answers)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), length) == 0);
    REQUIRE(::listen(listener_, 4) == 0);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { serve(); });
  }
  ~ScriptedServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  std::uint16_t port() const { return port_; }

 private:
  void serve() {
    std::size_t next = 0;
    while (next < answers_.size()) {
      const int visitor = ::accept(listener_, nullptr, nullptr);
      if (visitor < 0) return;
      for (std::string request; next < answers_.size();) {
        char part[4096];
        const ssize_t got = ::recv(visitor, part, sizeof part, 0);
        if (got <= 0) break;
        request.append(part, static_cast<std::size_t>(got));
        if (!request.ends_with("\r\n\r\n")) continue;
        request.clear();
        const std::string& answer = answers_[next++];
        if (answer.empty()) break;
        // In two parts, as answers come over a network.
        const std::size_t half = answer.size() / 2;
        (void)!::send(visitor, answer.data(), half, MSG_NOSIGNAL);
        (void)!::send(visitor, answer.data() + half, answer.size() - half, MSG_NOSIGNAL);
        if (answer.find("close") != std::string::npos) break;
      }
      ::close(visitor);
    }
  }

  std::vector<std::string> answers_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::jthread thread_;
};

TEST_CASE("Bodies are counted however an answer says where it ends") {
  const ScriptedServer server({"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                               "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nfour\r\n3\r\nsix\r\n0\r\n\r\n",
                               "HTTP/1.1 503 Busy\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno",
                               "HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nuntil the end"});
  HttpConnection connection("127.0.0.1", server.port());
  const std::vector<std::pair<int, std::size_t>> expected{{200, 5}, {200, 7}, {503, 2}, {200, 13}};
  for (const auto& [status, bytes] : expected) {
    const auto answer = connection.get("/");
    REQUIRE(answer);
    CHECK(answer->status == status);
    CHECK(answer->body_bytes == bytes);
  }
}

TEST_CASE("A kept connection that the server has ended is opened again and a new one is not") {
  const ScriptedServer server({"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1", "",
                               "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2"});
  HttpConnection connection("127.0.0.1", server.port());
  CHECK(connection.get("/"));
  CHECK(connection.get("/"));
  CHECK_FALSE(HttpConnection("127.0.0.1", 1).get("/"));
}

TEST_CASE("A query is written as a parameter") {
  CHECK(as_parameter("debt bondage") == "debt+bondage");
  CHECK(as_parameter("a&b=ñ") == "a%26b%3D%C3%B1");
}

}  // namespace
}  // namespace carrel::benchmarks
