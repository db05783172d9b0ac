// The only file of the program that knows libcurl.
#include "search/cli/http_client.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

#include <boost/json.hpp>
#include <curl/curl.h>
#include <fmt/format.h>

namespace carrel::search::cli {
namespace {

constexpr long kConnectSeconds = 10;
constexpr long kAnswerSeconds = 60;
constexpr std::size_t kMostBytes = std::size_t{256} << 20;
constexpr int kAttempts = 3;
constexpr curl_off_t kLongestWait = 5;  // seconds, however long the server asks for

std::size_t take(char* bytes, std::size_t one, std::size_t many, void* to) {
  auto& body = *static_cast<std::string*>(to);
  if (body.size() + one * many > kMostBytes) return 0;
  body.append(bytes, one * many);
  return one * many;
}

std::string without_stop(std::string text) {
  while (text.ends_with('.') || text.ends_with('\n')) text.pop_back();
  return text;
}

/// What the server says is wrong, as RFC 9457 has it.
Error to_error(long status, const std::string& body, const std::string& server) {
  boost::json::error_code error;
  const boost::json::value parsed = boost::json::parse(body, error);
  const auto member = [&](const char* name) {
    if (error || !parsed.is_object()) return std::string();
    const auto* value = parsed.as_object().if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
  };
  const ErrorKind kind = status == 404   ? ErrorKind::not_found
                         : status == 400 ? ErrorKind::usage
                         : status == 503 ? ErrorKind::timeout
                                         : ErrorKind::failed;
  if (const std::string detail = member("detail"); !detail.empty()) {
    return {kind, fmt::format("{} says: {}", server, without_stop(detail)), without_stop(member("hint"))};
  }
  return {kind, fmt::format("{} answered with the status {} and no reason", server, status),
          "check that it is the address of a carrel-server"};
}

}  // namespace

struct HttpClient::State {
  std::string server;  ///< as it was named
  std::string base;    ///< what paths are appended to
  CURL* curl = nullptr;
  curl_slist* headers = nullptr;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
  }
};

HttpClient::HttpClient(std::string server) : state_(std::make_unique<State>()) {
  constexpr std::string_view kUnix = "unix:";
  state_->curl = curl_easy_init();
  state_->base = server;
  while (state_->base.ends_with('/')) state_->base.pop_back();
  if (server.starts_with(kUnix)) {
    curl_easy_setopt(state_->curl, CURLOPT_UNIX_SOCKET_PATH, server.c_str() + kUnix.size());
    state_->base = "http://localhost";
  }
  state_->server = std::move(server);
  state_->headers = curl_slist_append(nullptr, "Content-Type: application/json");
  curl_easy_setopt(state_->curl, CURLOPT_HTTPHEADER, state_->headers);
  curl_easy_setopt(state_->curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(state_->curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(state_->curl, CURLOPT_TIMEOUT, kAnswerSeconds);
  curl_easy_setopt(state_->curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(state_->curl, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(state_->curl, CURLOPT_USERAGENT, "carrel-search/" CARREL_VERSION);
  curl_easy_setopt(state_->curl, CURLOPT_WRITEFUNCTION, take);
}

HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

Result<std::string> HttpClient::ask(const std::string& path, const std::string* body) {
  CURL* curl = state_->curl;
  for (int attempt = 1;; ++attempt) {
    std::string answer;
    curl_easy_setopt(curl, CURLOPT_URL, (state_->base + path).c_str());
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    if (body != nullptr) {
      curl_easy_setopt(curl, CURLOPT_POST, 1L);
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body->size()));
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->data());
    } else {
      curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    }
    if (const CURLcode failed = curl_easy_perform(curl); failed != CURLE_OK) {
      return fail(ErrorKind::failed,
                  fmt::format("{} cannot be asked: {}", state_->server, curl_easy_strerror(failed)),
                  "check the address, and that carrel-server runs there");
    }
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (status == 200) return answer;
    if (status != 503 || attempt == kAttempts) {
      return std::unexpected(to_error(status, answer, state_->server));
    }
    curl_off_t wait = 1;
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait);
    std::this_thread::sleep_for(std::chrono::seconds(std::clamp<curl_off_t>(wait, 1, kLongestWait)));
  }
}

Result<std::string> HttpClient::get(const std::string& path) {
  return ask(path, nullptr);
}

Result<std::string> HttpClient::post_json(const std::string& path, const std::string& body) {
  return ask(path, &body);
}

std::string HttpClient::percent_encoded(std::string_view text) {
  char* escaped = curl_easy_escape(nullptr, text.data(), static_cast<int>(text.size()));
  if (escaped == nullptr) return {};
  std::string out = escaped;
  curl_free(escaped);
  return out;
}

}  // namespace carrel::search::cli
