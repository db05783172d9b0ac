#include "indexer/extract/rtf_tokens.h"

#include <algorithm>
#include <cstddef>

namespace carrel::indexer {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

RtfToken RtfTokens::next() {
  while (!rest_.empty() && (rest_.front() == '\r' || rest_.front() == '\n' || rest_.front() == '\0'))
    rest_.remove_prefix(1);
  if (rest_.empty()) return {};
  const char first = rest_.front();
  if (first == '{' || first == '}') {
    rest_.remove_prefix(1);
    return {.kind = first == '{' ? RtfToken::Kind::open : RtfToken::Kind::close};
  }
  if (first == '\\') return control();
  const std::size_t end = std::min(rest_.find_first_of(std::string_view("\\{}\r\n\0", 6)), rest_.size());
  const RtfToken token{.kind = RtfToken::Kind::text, .text = rest_.substr(0, end)};
  rest_.remove_prefix(end);
  return token;
}

RtfToken RtfTokens::control() {
  rest_.remove_prefix(1);
  if (rest_.empty()) return {};
  if (rest_.front() == '\'') {
    rest_.remove_prefix(1);
    if (rest_.size() < 2 || hex_value(rest_[0]) < 0 || hex_value(rest_[1]) < 0)
      return {.kind = RtfToken::Kind::symbol, .text = "'"};
    const int byte = hex_value(rest_[0]) * 16 + hex_value(rest_[1]);
    rest_.remove_prefix(2);
    return {.kind = RtfToken::Kind::byte, .text = {}, .has_number = true, .number = byte};
  }
  if (!is_letter(rest_.front())) {
    const RtfToken token{.kind = RtfToken::Kind::symbol, .text = rest_.substr(0, 1)};
    rest_.remove_prefix(1);
    return token;
  }
  // The specification allows 32 letters and 10 digits.
  std::size_t end = 0;
  while (end < rest_.size() && end < 32 && is_letter(rest_[end])) ++end;
  RtfToken token{.kind = RtfToken::Kind::word, .text = rest_.substr(0, end)};
  rest_.remove_prefix(end);
  const bool negative = rest_.size() > 1 && rest_.front() == '-' && is_digit(rest_[1]);
  if (negative) rest_.remove_prefix(1);
  std::int64_t number = 0;
  for (int digits = 0; digits < 10 && !rest_.empty() && is_digit(rest_.front()); ++digits) {
    number = number * 10 + (rest_.front() - '0');
    rest_.remove_prefix(1);
    token.has_number = true;
  }
  number = std::min<std::int64_t>(number, 0x7fffffff);
  token.number = static_cast<std::int32_t>(negative ? -number : number);
  if (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  if (token.text == "bin" && token.number > 0)
    rest_.remove_prefix(std::min(static_cast<std::size_t>(token.number), rest_.size()));
  return token;
}

}  // namespace carrel::indexer
