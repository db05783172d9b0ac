// One request to the web at a time, within limits, to public addresses.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>

namespace carrel::indexer {

struct HttpOptions {
  std::string user_agent;
  std::uint64_t most_bytes = 100'000'000;     ///< of an answer, unpacked
  std::chrono::milliseconds timeout{60'000};  ///< of a whole request
  bool allow_private = false;                 ///< addresses that are not public too: see network_address.h
};

/// What the answer must differ from to be sent: both may be empty.
struct HttpConditions {
  std::string etag;
  std::string last_modified;
};

struct HttpAnswer {
  int status = 0;
  std::string body;
  std::string location;
  std::string etag;
  std::string last_modified;
  std::string content_type;
  std::string robots;                       ///< X-Robots-Tag, all of them, separated by commas
  std::optional<std::int64_t> retry_after;  ///< seconds from now
};

/// Why there is no answer. Codes are stable: private-address, too-large, timeout, unreachable, tls,
/// interrupted, bad-answer.
struct HttpFailure {
  std::string code;
  std::string text;
};

/// Connections are kept for the next request. No redirect is followed, no proxy asked, no cookie kept, no
/// password sent. The address is checked when the connection is made, so a name that leads elsewhere a moment
/// later leads nowhere. One thread.
class HttpClient {
 public:
  /// `stop` ends a request that is on its way.
  HttpClient(HttpOptions options, const std::atomic<bool>& stop);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// `url` as WebAddress has it.
  std::expected<HttpAnswer, HttpFailure> get(const std::string& url, const HttpConditions& conditions = {});

  const HttpOptions& options() const { return options_; }

 private:
  struct State;
  HttpOptions options_;
  std::unique_ptr<State> state_;
};

}  // namespace carrel::indexer
