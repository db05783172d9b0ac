#include "query-server/head_rules.h"

#include <algorithm>
#include <charconv>

namespace carrel::query_server {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

Problem bad(std::string detail, std::string hint = "Send requests as RFC 9112 describes them") {
  return {400, std::move(detail), std::move(hint), {}};
}

Problem target_too_long(const RequestLimits& limits) {
  return {414,
          "The address is longer than " + std::to_string(limits.target) + " bytes",
          "Send a long search by POST",
          {}};
}

Problem headers_too_large(const RequestLimits& limits) {
  return {431,
          "The header fields are larger than " + std::to_string(limits.headers) + " bytes",
          "Send fewer or shorter header fields",
          {}};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// tchar of RFC 9110, section 5.6.2.
bool is_token_char(char c) {
  return is_digit(c) || is_letter(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_char);
}

bool is_visible_ascii(char c) {
  return c > ' ' && c < 0x7f;
}

/// A byte that a field value may hold: visible ASCII, space, tab, and bytes above ASCII (obs-text).
bool is_field_byte(char c) {
  return c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != 0x7f);
}

/// host [":" port] of RFC 3986: a name, an IPv4 address or an IPv6 address in brackets.
bool is_host(std::string_view text) {
  std::string_view rest;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos || end < 3) return false;
    const auto inside = text.substr(1, end - 1);
    const bool address = std::ranges::all_of(
        inside, [](char c) { return is_digit(c) || is_letter(c) || c == ':' || c == '.'; });
    if (!address) return false;
    rest = text.substr(end + 1);
  } else {
    const auto end = std::min(text.find(':'), text.size());
    if (end == 0) return false;
    const bool name = std::ranges::all_of(text.substr(0, end), [](char c) {
      return is_digit(c) || is_letter(c) ||
             std::string_view("-._~%!$&'()*+,;=").find(c) != std::string_view::npos;
    });
    if (!name) return false;
    rest = text.substr(end);
  }
  if (rest.empty()) return true;
  const std::string_view port = rest.substr(1);
  unsigned number = 0;
  std::from_chars(port.data(), port.data() + port.size(), number);
  return rest.front() == ':' && port.size() <= 5 && std::ranges::all_of(port, is_digit) && number <= 65535;
}

/// "host:port" of an absolute address; empty for every other form.
std::string_view authority_of(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!same_name(target.substr(0, scheme.size()), scheme)) continue;
    const auto rest = target.substr(scheme.size());
    return rest.substr(0, rest.find_first_of("/?"));
  }
  return {};
}

/// Any HTTP/1.x is read as the newest that is known (RFC 9110, section 2.5).
bool is_known_version(std::string_view version) {
  constexpr std::string_view kMajor = "HTTP/1.";
  return version.starts_with(kMajor) && version.size() == kMajor.size() + 1 && is_digit(version.back());
}

std::optional<Problem> check_request_line(std::string_view line, const RequestLimits& limits) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return bad("The request line has not three parts");
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  const std::string_view method = line.substr(0, first);
  if (!is_token(method)) return bad("The method is not a word");
  if (target.size() > limits.target) return target_too_long(limits);
  if (!std::ranges::all_of(target, is_visible_ascii)) {
    return bad("The address holds a space or a byte outside ASCII", "Percent-encode it");
  }
  if (target.find('#') != std::string_view::npos) return bad("The address holds a fragment", "Leave out what follows #");
  if (!is_known_version(version)) return bad("The version of HTTP is not 1.1 or 1.0", "Use HTTP/1.1");
  if (method == "CONNECT" && is_host(target)) {
    return Problem{405, "This server is no proxy", "Ask it for its own addresses",
                   {{"Allow", "GET, HEAD, POST, OPTIONS"}}};
  }
  if (!origin_form(target)) return bad("The address does not begin with a slash");
  if (target == "*" && method != "OPTIONS") return bad("Only OPTIONS has no address", "Write an address in place of *");
  return std::nullopt;
}

std::optional<Problem> check_field_line(std::string_view line) {
  if (line.front() == ' ' || line.front() == '\t') return bad("A header field is folded over two lines");
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return bad("A header line has no colon");
  if (!is_token(line.substr(0, colon))) return bad("The name of a header field is not a word");
  if (!std::ranges::all_of(line.substr(colon + 1), is_field_byte)) {
    return bad("A header field holds a control character");
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> origin_form(std::string_view target) {
  if (target.starts_with('/') || target == "*") return std::string(target);
  const std::string_view authority = authority_of(target);
  if (!is_host(authority)) return std::nullopt;
  const std::string_view path = target.substr(target.find("//") + 2 + authority.size());
  return (path.starts_with('/') ? "" : "/") + std::string(path);
}

std::string_view path_of_head(std::string_view bytes) {
  const auto space = bytes.find(' ');
  if (space == std::string_view::npos || bytes.find_first_of("\r\n") < space) return {};
  const std::string_view target = bytes.substr(space + 1);
  return target.starts_with('/') ? target.substr(0, target.find_first_of(" ?\r\n")) : std::string_view();
}

std::optional<Problem> check_partial_head(std::string_view bytes, const RequestLimits& limits) {
  const auto newline = bytes.find('\n');
  const auto line = bytes.substr(0, newline);
  for (const char c : line) {
    if (c != '\r' && !is_visible_ascii(c) && c != ' ')
      return bad("The request line holds a byte outside ASCII");
  }
  if (newline == std::string_view::npos) {
    const auto first = bytes.find(' ');
    if (first == std::string_view::npos) {
      if (bytes.size() > 64) return bad("The request does not begin with a method");
    } else if (bytes.size() - first > limits.target + 12) {  // 12: the spaces, the version, the line end
      return target_too_long(limits);
    }
    return std::nullopt;
  }
  for (auto at = newline; at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    if (at == 0 || bytes[at - 1] != '\r') return bad("A line does not end with CR LF");
  }
  if (bytes.size() - newline - 1 > limits.headers + 4) return headers_too_large(limits);
  return std::nullopt;
}

std::optional<Problem> check_head(std::string_view bytes, const RequestLimits& limits) {
  // Bare line feeds, bare carriage returns and NULs are read differently by different servers: refuse them
  // all.
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const bool paired = bytes[i] == '\r' ? i + 1 < bytes.size() && bytes[i + 1] == '\n'
                                         : bytes[i] != '\n' || (i > 0 && bytes[i - 1] == '\r');
    if (!paired) return bad("A line does not end with CR LF");
    if (bytes[i] == '\0') return bad("The head holds a NUL byte");
  }
  const auto first_end = bytes.find(kLineEnd);
  if (first_end == std::string_view::npos) return bad("The request line does not end");
  if (auto problem = check_request_line(bytes.substr(0, first_end), limits)) return problem;
  std::string_view rest = bytes.substr(first_end + 2);
  if (rest.size() > limits.headers + 4) return headers_too_large(limits);
  std::size_t fields = 0;
  while (!rest.starts_with(kLineEnd)) {
    const auto end = rest.find(kLineEnd);
    if (end == std::string_view::npos) return bad("The head does not end with an empty line");
    if (auto problem = check_field_line(rest.substr(0, end))) return problem;
    if (++fields > limits.fields) {
      return Problem{431,
                     "There are more than " + std::to_string(limits.fields) + " header fields",
                     "Send fewer header fields",
                     {}};
    }
    rest.remove_prefix(end + 2);
  }
  return std::nullopt;
}

HttpRequest parse_head(std::string_view bytes) {
  HttpRequest request;
  const auto line = bytes.substr(0, bytes.find(kLineEnd));
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  request.method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  request.target = origin_form(target).value_or("/");
  request.minor_version = line.ends_with('0') ? 0 : 1;
  for (auto rest = bytes.substr(line.size() + 2); !rest.empty() && !rest.starts_with(kLineEnd);) {
    const auto end = rest.find(kLineEnd);
    const auto colon = rest.find(':');
    request.headers.push_back(
        {std::string(rest.substr(0, colon)), std::string(rest.substr(colon + 1, end - colon - 1))});
    rest.remove_prefix(end + 2);
  }
  const std::string_view authority = authority_of(target);
  if (!authority.empty() && request.count("Host") == 1 && is_host(*request.header("Host"))) {
    const auto host = std::ranges::find_if(request.headers, [](const Header& field) { return same_name(field.name, "Host"); });
    host->value = authority;
  }
  return request;
}

std::optional<Problem> check_fields(const HttpRequest& request, const RequestLimits& limits) {
  const auto hosts = request.count("Host");
  if (hosts == 0 && request.minor_version > 0) return bad("The Host field is missing", "Send one Host field");
  if (hosts > 1) return bad("There is more than one Host field", "Send one Host field");
  if (hosts == 1 && !is_host(*request.header("Host"))) {
    return bad("The Host field is no host", "Send a name or an address, and maybe a port");
  }

  const auto lengths = request.count("Content-Length");
  const auto encodings = request.count("Transfer-Encoding");
  if (lengths > 0 && encodings > 0) return bad("There are both Content-Length and Transfer-Encoding");
  if (lengths > 1) return bad("There is more than one Content-Length");
  if (encodings > 1) return bad("There is more than one Transfer-Encoding");
  if (encodings == 1) {
    if (request.minor_version == 0) return bad("HTTP/1.0 has no Transfer-Encoding");
    if (!same_name(*request.header("Transfer-Encoding"), "chunked")) {
      return bad("The Transfer-Encoding is not chunked", "Send the body as it is, or chunked");
    }
  }
  if (lengths == 1) {
    const std::string_view length = *request.header("Content-Length");
    if (length.empty() || !std::ranges::all_of(length, is_digit))
      return bad("Content-Length is not a number");
    std::uint64_t bytes = 0;
    const auto read = std::from_chars(length.data(), length.data() + length.size(), bytes);
    if (read.ec != std::errc()) return bad("Content-Length is larger than any number");
    if (bytes > limits.body) {
      return Problem{413,
                     "The body is larger than " + std::to_string(limits.body) + " bytes",
                     "Send a shorter search",
                     {}};
    }
  }
  if (const auto expected = request.header("Expect"); expected && !same_name(*expected, "100-continue")) {
    return Problem{417, "The Expect field asks for something else than 100-continue", "Leave it out", {}};
  }
  return std::nullopt;
}

}  // namespace carrel::query_server
