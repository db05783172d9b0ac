// A client that sends exactly the bytes it is told to: tests need requests that no HTTP library would send.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace carrel::query_server::testing {

struct Answered {
  int status = 0;
  std::string head;  ///< with the status line, without the empty line
  std::string body;

  /// The value of a field; empty when it is missing.
  std::string field(std::string_view name) const;
};

/// One connection to 127.0.0.1 or to a Unix socket. Throws std::runtime_error when it cannot connect or nothing comes for 10 s.
class TestClient {
 public:
  explicit TestClient(std::uint16_t port);
  explicit TestClient(const std::string& path);
  ~TestClient();
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;

  /// Sends bytes as they are; a connection that the server has closed is no error.
  void send(std::string_view bytes);

  /// Says that nothing more comes: the server need not wait for the rest of a request that is cut short.
  void end_sending();

  /// Reads one answer; `without_body` for answers to HEAD. Nothing when the server closed before it was
  /// whole.
  std::optional<Answered> receive(bool without_body = false);

  /// True when the server closes without sending more.
  bool is_closed_by_server();

 private:
  bool fill();
  int socket_;
  std::string received_;
};

/// Sends one request on a connection of its own and reads the answer; throws when there is none.
Answered ask(std::uint16_t port, std::string_view bytes, bool without_body = false);

/// GET `target` with a Host field and more fields, each ending in "\r\n".
Answered get(std::uint16_t port, std::string_view target, std::string_view more_fields = "");

/// POST of a body.
Answered post(std::uint16_t port, std::string_view target, std::string_view type, std::string_view body);

}  // namespace carrel::query_server::testing
