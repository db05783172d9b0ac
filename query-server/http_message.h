// Requests and responses as plain values: what handlers see of HTTP, and all they see of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query-server/open_file.h"

namespace carrel::query_server {

struct Header {
  std::string name;
  std::string value;
};

/// One request whose syntax has been checked (`check_head`, `check_fields`) and whose body is complete.
struct HttpRequest {
  std::string method;
  std::string target;  ///< origin form: path, then maybe '?' and the query; "*" for OPTIONS
  int minor_version = 1;
  std::vector<Header> headers;
  std::string body;

  /// The target before '?', still percent-encoded.
  std::string_view path() const;
  /// The target after '?', still encoded; empty when there is none.
  std::string_view query() const;
  /// The first field of this name (any case), spaces around the value taken away.
  std::optional<std::string_view> header(std::string_view name) const;
  /// How many fields have this name.
  std::size_t count(std::string_view name) const;
};

/// A part of a file that is sent as the body, piece by piece.
struct FileSlice {
  std::shared_ptr<const OpenFile> file;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;  ///< in bytes
};

/// What is sent back. The server adds Date, Content-Length and Connection and leaves the body out for HEAD.
struct HttpResponse {
  int status = 200;
  std::vector<Header> headers;
  std::string body;
  std::optional<FileSlice> file;  ///< instead of `body`
  /// The part of the site that answered, for logs and metrics; says nothing of what was asked. Points to text
  /// that lives as long as the program.
  std::string_view route = {};
  std::optional<std::uint64_t> hits = {};  ///< how many a search found, for metrics

  /// Replaces or adds a field.
  void set(std::string_view name, std::string value);
  /// The value of a field; empty when there is none.
  std::string_view get(std::string_view name) const;
};

/// True when two field names are the same; ASCII case does not count.
bool same_name(std::string_view a, std::string_view b);

/// "Not Found" for 404.
std::string_view reason_phrase(int status);

}  // namespace carrel::query_server
