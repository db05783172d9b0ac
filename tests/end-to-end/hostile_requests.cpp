#include "tests/end-to-end/hostile_requests.h"

#include <array>
#include <string_view>

namespace carrel::tests {
namespace {

constexpr std::array<std::string_view, 14> kMethods = {"GET",    "POST",  "HEAD",    "OPTIONS", "PUT",
                                                       "DELETE", "TRACE", "CONNECT", "PATCH",   "get",
                                                       "G\0T",   "",      "GET GET", "PROPFIND"};
constexpr std::array<std::string_view, 22> kPaths = {"/",
                                                     "/search",
                                                     "/v1/search",
                                                     "/v1/suggest",
                                                     "/v1/resources/",
                                                     "/v1/resources/debt-bondage-facts",
                                                     "/v1/resources/debt-bondage-facts/pages/99999999999",
                                                     "/v1/resources/debt-bondage-facts/cite",
                                                     "/v1/resources/debt-bondage-facts/similar",
                                                     "/v1/facets/topic",
                                                     "/v1/openapi.json",
                                                     "/feed.atom",
                                                     "/opensearch.xml",
                                                     "/api/v2/search/i14y",
                                                     "/documents/../../etc/passwd",
                                                     "/documents/%2e%2e/%2e%2e/etc/passwd",
                                                     "/resources/debt-bondage-facts",
                                                     "//",
                                                     "*",
                                                     "http://a/v1/search",
                                                     "relative",
                                                     "/%00%ff%zz"};
constexpr std::array<std::string_view, 18> kParameters = {
    "q", "type", "topic", "lang",   "year", "date",   "sort",  "offset", "limit",
    "facets", "passages", "mode", "explain", "ui", "prefix", "format", "page", "query"};
constexpr std::array<std::string_view, 26> kPieces = {
    "housing", "\"", "(", ")", "-", "+", " OR ", " AND ", " NOT ", " NEAR/5 ", "*", "~", "=", ":", "topic:", "year:",
    "2015..2020", "..", "人口贩卖", "العربية", "é\xCC\x81\xCC\x81", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\xFF\xFE", "\\",
    "<script>"};
constexpr std::array<std::string_view, 16> kFields = {"Host: a",
                                                      "Host: b",
                                                      "Host: a b",
                                                      "Host :a",
                                                      "Content-Length: 5",
                                                      "Content-Length: -1",
                                                      "Content-Length: 99999999999999999999",
                                                      "Content-Length: 5, 5",
                                                      "Transfer-Encoding: chunked",
                                                      "Transfer-Encoding: xchunked",
                                                      "Transfer-Encoding: chunked, identity",
                                                      "Expect: 100-continue",
                                                      "Range: bytes=0-,5-9,-1",
                                                      "If-None-Match: *",
                                                      " folded: yes",
                                                      "no colon"};

std::string percent(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

}  // namespace

std::string HostileRequests::bytes(std::size_t most) {
  std::string out(below(most + 1), '\0');
  for (char& c : out) c = static_cast<char>(below(256));
  return out;
}

std::string HostileRequests::query() {
  if (one_in(20)) return std::string(below(3000), '(') + "a";
  if (one_in(20)) return std::string(below(2000), 'a') + "*";
  std::string out;
  for (std::size_t pieces = below(one_in(10) ? 300 : 12); pieces > 0; --pieces) {
    out += one_in(12) ? bytes(6) : std::string(kPieces[below(kPieces.size())]);
  }
  return out;
}

std::string HostileRequests::target() {
  std::string out(kPaths[below(kPaths.size())]);
  if (one_in(60)) out += std::string(below(20'000), 'a');
  for (std::size_t count = below(4), i = 0; i < count; ++i) {
    out += i == 0 ? '?' : '&';
    out += kParameters[below(kParameters.size())];
    if (one_in(20)) continue;
    const std::string value = query();
    out += '=' + (one_in(12) ? value : percent(value));
  }
  return out;
}

std::string HostileRequests::fields() {
  std::string out = one_in(10) ? "" : "Host: a\r\n";
  for (std::size_t count = below(one_in(100) ? 300 : 4); count > 0; --count) {
    if (one_in(20)) {
      out += "X-" + std::to_string(count) + ": " + bytes(40) + "\r\n";
    } else if (one_in(4)) {
      out += std::string(kFields[below(kFields.size())]) + (one_in(30) ? "\n" : "\r\n");
    } else {
      out += "Accept-Encoding: gzip, br;q=0.3, zstd;q=" + std::to_string(below(3)) + "\r\n";
    }
  }
  if (one_in(200)) out += "X-Long: " + std::string(below(100'000), 'x') + "\r\n";
  return out;
}

std::string HostileRequests::body(std::string& type) {
  switch (below(6)) {
    case 0:
      type = "application/json";
      return std::string(below(5000), '[');
    case 1:
      type = "application/json";
      return "{\"q\":\"" + query() + "\",\"type\":[" + std::string(below(2000), ' ') + "\"a\"]}";
    case 2: {
      type = "application/json";
      std::string bomb = "{\"q\":";
      for (std::size_t depth = below(3000); depth > 0; --depth) bomb += "{\"q\":";
      return bomb;
    }
    case 3:
      type = "application/x-www-form-urlencoded";
      return "q=" + percent(query()) + "&type=" + percent(query());
    case 4:
      type = "text/" + bytes(5);
      return bytes(2000);
    default:
      type = "application/x-www-form-urlencoded";
      return std::string(below(120'000), 'a') + "=";
  }
}

std::string HostileRequests::next() {
  if (one_in(40)) return bytes(400) + "\r\n\r\n";
  std::string out(one_in(6) ? kMethods[below(kMethods.size())] : one_in(3) ? std::string_view("POST") : std::string_view("GET"));
  const bool posts = out == "POST";
  out += ' ' + target() + (one_in(30) ? " HTTP/2.0\r\n" : one_in(30) ? "\r\n" : " HTTP/1.1\r\n") + fields();
  if (posts) {
    std::string type;
    const std::string content = body(type);
    out += "Content-Type: " + type + "\r\n";
    if (one_in(5)) {
      out += "Transfer-Encoding: chunked\r\n\r\n";
      out += one_in(4) ? "zz\r\n" + content : "5\r\nq=abc\r\n0\r\n\r\n";
      return out;
    }
    out += "Content-Length: " + std::to_string(content.size() + (one_in(20) ? 7 : 0)) + "\r\n\r\n" + content;
  } else {
    out += "\r\n";
  }
  if (one_in(40)) out.resize(below(out.size() + 1));
  if (one_in(40)) out += bytes(100);
  return out;
}

}  // namespace carrel::tests
