#include "search/schema/identifier_text.h"

namespace carrel::schema {
namespace {

constexpr std::string_view kBlanks[] = {" ", "\n", "\t", "\r", "\u00a0", "\u2009", "\u202f"};
constexpr std::string_view kDashes[] = {"-",      "\u2010", "\u2011", "\u2012",
                                        "\u2013", "\u2014", "\u2212", "\u00ad"};
constexpr std::size_t kMostBlanks = 4;

std::size_t length_of_any(std::string_view text, const auto& candidates) {
  for (const std::string_view one : candidates) {
    if (text.starts_with(one)) return one.size();
  }
  return 0;
}

}  // namespace

char ForwardText::lower(std::size_t at) const {
  if (at >= text_.size()) return 0;
  const char c = text_[at];
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool ForwardText::word_byte(std::size_t at) const {
  if (at >= text_.size()) return false;
  if (static_cast<unsigned char>(text_[at]) < 0x80) return digit(at) || letter(at);
  return dash(at) == at && blanks(at) == at && !text_.substr(at).starts_with("\u00a7");
}

std::size_t ForwardText::blanks(std::size_t at) const {
  for (std::size_t i = 0; i < kMostBlanks && at < text_.size(); ++i) {
    const std::size_t length = length_of_any(text_.substr(at), kBlanks);
    if (length == 0) break;
    at += length;
  }
  return at;
}

std::size_t ForwardText::dash(std::size_t at) const {
  return at < text_.size() ? at + length_of_any(text_.substr(at), kDashes) : at;
}

std::size_t ForwardText::section_signs(std::size_t at) const {
  std::size_t behind = blanks(at);
  bool any = false;
  while (behind < text_.size() && text_.substr(behind).starts_with("\u00a7")) {
    behind = blanks(behind + 2);
    any = true;
  }
  return any ? behind : at;
}

std::size_t ForwardText::digits(std::size_t at) const {
  while (digit(at)) ++at;
  return at;
}

std::size_t ForwardText::word(std::size_t at, std::string_view word) const {
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (lower(at + i) != word[i]) return at;
  }
  return word_byte(at + word.size()) ? at : at + word.size();
}

std::string ForwardText::key(std::size_t begin, std::size_t end) const {
  std::string out;
  for (std::size_t at = begin; at < end; ++at) {
    if (digit(at) || letter(at)) out += lower(at);
  }
  return out;
}

std::string Place::word(std::size_t back) const {
  if (back >= tokens()) return {};
  return text_.key(begin(back), end(back));
}

char Place::single_letter(std::size_t back) const {
  if (back >= tokens() || end(back) - begin(back) != 1 || !text_.letter(begin(back))) return 0;
  return text_.lower(begin(back));
}

bool Place::is_capital(std::size_t back) const {
  const char first = raw(back).front();
  return first >= 'A' && first <= 'Z';
}

bool Place::is_number(std::size_t back) const {
  return back < tokens() && end(back) > begin(back) && text_.digits(begin(back)) == end(back);
}

bool Place::joined_loosely(std::size_t back) const {
  constexpr std::size_t kLongest = 8;
  const std::size_t to = begin(back - 1);
  std::size_t at = end(back);
  if (to - at > kLongest) return false;
  while (at < to) {
    std::size_t next = text_.dash(text_.section_signs(text_.blanks(at)));
    const char c = text_.lower(next);
    if (next < to && (c == '.' || c == '#')) ++next;
    if (next == at) return false;
    at = next;
  }
  return true;
}

bool Place::joined_by_dash(std::size_t back) const {
  const std::size_t behind = text_.dash(end(back));
  return behind > end(back) && behind == begin(back - 1);
}

}  // namespace carrel::schema
