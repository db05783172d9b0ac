// The command line of carrel-server.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "search/schema/result.h"

namespace carrel::query_server {

struct Arguments {
  std::string index;
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string documents;    ///< empty: documents are not served
  std::size_t threads = 2;  ///< search workers
};

/// Where to listen: "127.0.0.1:8080", "[::1]:0", "localhost:8080". Error: usage.
struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
};
Result<ListenAddress> parse_listen_address(const std::string& text);

/// What the command line says, or a text to print and be done (--help, --version). Errors: usage.
Result<std::variant<Arguments, std::string>> parse_arguments(int argc, const char* const* argv);

}  // namespace carrel::query_server
