// Talks to one carrel-server.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "search/schema/result.h"

namespace carrel::search::cli {

/// One connection that is kept open; serves one thread. Redirects are not followed: what is asked goes to the
/// server that was named and to no other.
class HttpClient {
 public:
  /// `server`: http://HOST[:PORT][/PATH], https://… or unix:/PATH.
  explicit HttpClient(std::string server);
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;
  ~HttpClient();

  /// The body of the answer 200. A server that is busy (503) is asked again twice. Errors: failed when it
  /// cannot be reached, takes more than a minute or answers otherwise; usage and not_found with its own words
  /// for 4xx.
  Result<std::string> get(const std::string& path);
  /// The same of a POST, so that words stay out of addresses.
  Result<std::string> post_json(const std::string& path, const std::string& body);

  static std::string percent_encoded(std::string_view text);

 private:
  struct State;
  Result<std::string> ask(const std::string& path, const std::string* body);
  std::unique_ptr<State> state_;
};

}  // namespace carrel::search::cli
