// One connection of a visitor that does nothing but ask, so that asking costs next to nothing beside
// answering.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace carrel::benchmarks {

/// HTTP/1.1 over TCP, kept open as long as the server keeps it; opened again when it does not. One thread.
class HttpConnection {
 public:
  HttpConnection(std::string host, std::uint16_t port);
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;
  ~HttpConnection();

  struct Answer {
    int status = 0;
    std::size_t body_bytes = 0;
  };

  /// GETs a target ("/v1/search?q=visa"). Nothing when the server cannot be reached or breaks off.
  std::optional<Answer> get(std::string_view target);

 private:
  bool connect();
  void close();
  bool send(std::string_view bytes);
  bool receive();
  std::optional<Answer> read_answer();
  std::optional<std::size_t> read_chunks(std::size_t begin);

  std::string host_;
  std::uint16_t port_;
  int socket_ = -1;
  std::string buffer_;
};

/// A text as it stands in the query of a target.
std::string as_parameter(std::string_view text);

}  // namespace carrel::benchmarks
