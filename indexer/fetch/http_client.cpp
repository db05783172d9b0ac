#include "indexer/fetch/http_client.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <mutex>
#include <new>
#include <string_view>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include "indexer/fetch/network_address.h"

namespace carrel::indexer {
namespace {

constexpr long kConnectSeconds = 15;
/// Slower than this for so long is no transfer any more.
constexpr long kLeastBytesPerSecond = 100;
constexpr long kPatienceSeconds = 20;
constexpr std::size_t kMostHeaderBytes = 64 * 1024;

/// What the callbacks of one request see.
struct Transfer {
  const HttpOptions& options;
  const std::atomic<bool>& stop;
  HttpAnswer answer;
  std::size_t header_bytes = 0;
  bool too_large = false;
  bool refused_address = false;
};

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t bytes = size * count;
  if (transfer.answer.body.size() + bytes > transfer.options.most_bytes) {
    transfer.too_large = true;
    return 0;
  }
  transfer.answer.body.append(data, bytes);
  return bytes;
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

/// Seconds, or a date; nothing for anything else and for what is past.
std::optional<std::int64_t> seconds_until(std::string_view value) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error == std::errc{} && end == value.data() + value.size()) return std::max<std::int64_t>(0, seconds);
  const std::time_t when = curl_getdate(std::string(value).c_str(), nullptr);
  if (when < 0) return std::nullopt;
  return std::max<std::int64_t>(0, when - std::time(nullptr));
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::string_view line(data, size * count);
  transfer.header_bytes += line.size();
  if (transfer.header_bytes > kMostHeaderBytes) {
    transfer.too_large = true;
    return 0;
  }
  HttpAnswer& answer = transfer.answer;
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return line.size();
  const std::string_view name = line.substr(0, colon);
  const std::string value(trimmed(line.substr(colon + 1)));
  if (same_name(name, "location")) answer.location = value;
  if (same_name(name, "etag")) answer.etag = value;
  if (same_name(name, "last-modified")) answer.last_modified = value;
  if (same_name(name, "content-type")) answer.content_type = value;
  if (same_name(name, "retry-after")) answer.retry_after = seconds_until(value);
  if (same_name(name, "x-robots-tag")) answer.robots += (answer.robots.empty() ? "" : ", ") + value;
  return line.size();
}

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Transfer*>(user)->stop.load() ? 1 : 0;
}

/// The one place where an address is known that is really connected to.
curl_socket_t on_socket(void* user, curlsocktype purpose, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (purpose != CURLSOCKTYPE_IPCXN) return CURL_SOCKET_BAD;
  if (!transfer.options.allow_private && !is_public(address->addr)) {
    transfer.refused_address = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

HttpFailure failure_of(CURLcode code, const Transfer& transfer, const char* words) {
  if (transfer.refused_address) {
    return {"private-address",
            "Its host has an address of a private network (--allow-private fetches from there)"};
  }
  if (transfer.too_large) {
    return {"too-large", fmt::format("It is larger than {:.0f} MB (--max-size)",
                                     static_cast<double>(transfer.options.most_bytes) / 1e6)};
  }
  const std::string said = *words != '\0' ? words : curl_easy_strerror(code);
  switch (code) {
    case CURLE_ABORTED_BY_CALLBACK:
      return {"interrupted", "The run was interrupted"};
    case CURLE_OPERATION_TIMEDOUT:
      return {"timeout", "The server did not answer in time: " + said};
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return {"tls", "No safe connection could be made: " + said};
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
      return {"unreachable", "The server could not be reached: " + said};
    default:
      return {"bad-answer", "The server's answer could not be read: " + said};
  }
}

}  // namespace

struct HttpClient::State {
  explicit State(const std::atomic<bool>& stop_) : stop(stop_), handle(curl_easy_init(), &curl_easy_cleanup) {
    if (!handle) throw std::bad_alloc();
  }
  const std::atomic<bool>& stop;
  std::unique_ptr<CURL, void (*)(CURL*)> handle;
};

HttpClient::HttpClient(HttpOptions options, const std::atomic<bool>& stop) : options_(std::move(options)) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  state_ = std::make_unique<State>(stop);
}

HttpClient::~HttpClient() = default;

std::expected<HttpAnswer, HttpFailure> HttpClient::get(const std::string& url,
                                                       const HttpConditions& conditions) {
  CURL* const handle = state_->handle.get();
  Transfer transfer{.options = options_, .stop = state_->stop, .answer = {}};
  std::unique_ptr<curl_slist, void (*)(curl_slist*)> fields(nullptr, &curl_slist_free_all);
  const auto send = [&](const char* name, const std::string& value) {
    // What a server has sent must not begin another field.
    if (value.empty() || value.find_first_of("\r\n") != std::string::npos) return;
    curl_slist* longer = curl_slist_append(fields.get(), fmt::format("{}: {}", name, value).c_str());
    if (longer == nullptr) throw std::bad_alloc();
    fields.release();
    fields.reset(longer);
  };
  send("If-None-Match", conditions.etag);
  send("If-Modified-Since", conditions.last_modified);

  char words[CURL_ERROR_SIZE] = "";
  curl_easy_reset(handle);
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, options_.user_agent.c_str());
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, fields.get());
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeout.count()));
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, kLeastBytesPerSecond);
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, kPatienceSeconds);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, words);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &on_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &on_progress);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &on_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &transfer);
  const CURLcode code = curl_easy_perform(handle);
  if (code != CURLE_OK) return std::unexpected(failure_of(code, transfer, words));
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  transfer.answer.status = static_cast<int>(status);
  return std::move(transfer.answer);
}

}  // namespace carrel::indexer
