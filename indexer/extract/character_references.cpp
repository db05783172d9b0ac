#include "indexer/extract/character_references.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

struct NamedReference {
  std::string_view name;
  char32_t first = 0;
  char32_t second = 0;  // 0: one code point
  bool bare = false;    // counts without a semicolon
};

char32_t hexadecimal(std::string_view digits) {
  std::uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value;
}

std::vector<NamedReference> read_table() {
  std::vector<NamedReference> table;
  for (std::string_view rest = kNamedReferences; !rest.empty();) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::string_view entry = rest.substr(0, end);
    const std::size_t blank = entry.find(' ');
    const std::string_view codes = entry.substr(blank + 1);
    NamedReference reference{.name = entry.substr(0, blank), .first = hexadecimal(codes)};
    if (const std::size_t plus = codes.find('+'); plus != std::string_view::npos) {
      reference.second = hexadecimal(codes.substr(plus + 1));
    }
    if (reference.name.ends_with('!')) {
      reference.bare = true;
      reference.name.remove_suffix(1);
    }
    table.push_back(reference);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return table;
}

const NamedReference* find_name(std::string_view name) {
  static const std::vector<NamedReference> table = read_table();
  const auto at = std::lower_bound(
      table.begin(), table.end(), name,
      [](const NamedReference& entry, std::string_view wanted) { return entry.name < wanted; });
  return at != table.end() && at->name == name ? &*at : nullptr;
}

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

int digit_value(char c, int base) {
  int value = 99;
  if (c >= '0' && c <= '9') value = c - '0';
  if (c >= 'a' && c <= 'f') value = c - 'a' + 10;
  if (c >= 'A' && c <= 'F') value = c - 'A' + 10;
  return value < base ? value : -1;
}

/// The table of the HTML Standard for numbers that mean windows-1252; 0: the number stands for itself.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

char32_t character_of(std::uint32_t number) {
  if (number == 0 || number > 0x10ffff || (number >= 0xd800 && number <= 0xdfff)) return schema::kReplacement;
  if (number >= 0x80 && number <= 0x9f && kWindows1252[number - 0x80] != 0)
    return kWindows1252[number - 0x80];
  return number;
}

/// Bytes of a reference that `text` begins with (behind '&'), its characters appended; 0 when it is none.
std::size_t append_number(std::string& out, std::string_view text) {
  std::size_t at = 1;
  int base = 10;
  if (at < text.size() && (text[at] == 'x' || text[at] == 'X')) {
    base = 16;
    ++at;
  }
  const std::size_t digits = at;
  std::uint32_t number = 0;
  for (; at < text.size() && digit_value(text[at], base) >= 0; ++at) {
    const auto digit = static_cast<std::uint32_t>(digit_value(text[at], base));
    if (number <= 0x10ffff) number = number * static_cast<std::uint32_t>(base) + digit;
  }
  if (at == digits) return 0;
  schema::append_utf8(out, character_of(number));
  return at < text.size() && text[at] == ';' ? at + 1 : at;
}

std::size_t append_named(std::string& out, std::string_view text, bool in_attribute) {
  constexpr std::size_t kLongestName = 31;
  std::size_t length = 0;
  while (length < text.size() && length <= kLongestName && is_alphanumeric(text[length])) ++length;
  const bool closed = length < text.size() && text[length] == ';';
  const auto append = [&](const NamedReference& reference) {
    schema::append_utf8(out, reference.first);
    if (reference.second != 0) schema::append_utf8(out, reference.second);
  };
  if (closed) {
    if (const NamedReference* reference = find_name(text.substr(0, length))) {
      append(*reference);
      return length + 1;
    }
  }
  // The shortest that count without a semicolon have two letters, the longest six.
  for (std::size_t shorter = std::min<std::size_t>(length, 6); shorter >= 2; --shorter) {
    const NamedReference* reference = find_name(text.substr(0, shorter));
    if (reference == nullptr || !reference->bare) continue;
    const bool goes_on = shorter < text.size() && (is_alphanumeric(text[shorter]) || text[shorter] == '=');
    // In an address, "&copy=2" is a parameter.
    if (in_attribute && goes_on) return 0;
    append(*reference);
    return shorter;
  }
  return 0;
}

}  // namespace

void append_decoded(std::string& out, std::string_view text, bool in_attribute) {
  while (!text.empty()) {
    const std::size_t ampersand = std::min(text.find('&'), text.size());
    out.append(text.substr(0, ampersand));
    text.remove_prefix(ampersand);
    if (text.empty()) return;
    text.remove_prefix(1);
    std::size_t taken = 0;
    if (text.starts_with('#')) {
      taken = append_number(out, text);
    } else if (!text.empty() && is_alphanumeric(text.front())) {
      taken = append_named(out, text, in_attribute);
    }
    if (taken == 0) out.push_back('&');
    text.remove_prefix(taken);
  }
}

}  // namespace carrel::indexer
