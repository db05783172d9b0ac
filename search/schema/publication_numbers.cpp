#include <algorithm>

#include "search/schema/number_identifiers.h"

namespace carrel::schema {
namespace {

/// The check digits of ISO 2108: 10 digits (the last may be X) or 13.
bool is_isbn(std::string_view digits) {
  unsigned sum = 0;
  if (digits.size() == 10) {
    for (unsigned i = 0; i < 10; ++i) {
      sum += (10 - i) * (digits[i] == 'x' ? 10 : static_cast<unsigned>(digits[i]) - '0');
    }
    return sum % 11 == 0;
  }
  for (unsigned i = 0; i < digits.size(); ++i)
    sum += (i % 2 == 0 ? 1 : 3) * (static_cast<unsigned>(digits[i]) - '0');
  return digits.size() == 13 && sum % 10 == 0;
}

/// An ISBN of 10 digits as the one of 13.
std::string isbn_13(std::string_view isbn) {
  if (isbn.size() == 13) return std::string(isbn);
  std::string digits = "978" + std::string(isbn.substr(0, 9));
  unsigned sum = 0;
  for (unsigned i = 0; i < 12; ++i) sum += (i % 2 == 0 ? 1 : 3) * (static_cast<unsigned>(digits[i]) - '0');
  return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool read_isbn(const Place& place, IdentifierSink& sink) {
  const ForwardText& text = place.text();
  const std::string before = place.word(1);
  const std::string two_before = place.word(2);
  const bool named = before == "isbn" || ((before == "10" || before == "13") && two_before == "isbn");
  const std::string token = place.word(0);
  if (!named && !token.starts_with("978") && !token.starts_with("979")) return false;
  std::string digits;
  std::size_t end = place.begin(0);
  for (std::size_t at = end; digits.size() < 13 && !text.ended(at);) {
    if (text.digit(at) || (text.lower(at) == 'x' && digits.size() == 9)) {
      digits += text.lower(at);
      end = ++at;
      if (digits.size() == 10 && !text.word_byte(at) && is_isbn(digits)) break;
      continue;
    }
    const std::size_t next = text.dash(at) > at ? text.dash(at) : text.lower(at) == ' ' ? at + 1 : at;
    if (next == at || !(text.digit(next) || text.lower(next) == 'x')) break;
    at = next;
  }
  if (digits.size() == 10 && !named) return false;
  if (text.word_byte(end) || !is_isbn(digits)) return false;
  sink.found(!named ? 0 : before == "isbn" ? 1 : 2, end, {"isbn:" + isbn_13(digits)});
  return true;
}

/// 10.1186/s13643-020-01542-z; the name goes to the next blank, without the punctuation of the sentence.
bool read_doi(const Place& place, IdentifierSink& sink) {
  const std::string_view token = place.raw(0);
  const std::string_view text = place.text().text();
  if (token.size() < 7 || !token.starts_with("10.") || place.text().lower(place.end(0)) != '/') return false;
  constexpr std::size_t kLongest = 200;
  std::size_t end = place.end(0) + 1;
  while (end < text.size() && end - place.begin(0) < kLongest &&
         static_cast<unsigned char>(text[end]) > 0x20 && static_cast<unsigned char>(text[end]) < 0x80 &&
         std::string_view("\"<>|").find(text[end]) == std::string_view::npos) {
    ++end;
  }
  const auto unopened = [&] {
    const std::string_view name = text.substr(place.begin(0), end - place.begin(0));
    return name.ends_with(')') && std::ranges::count(name, ')') > std::ranges::count(name, '(');
  };
  while (end > place.end(0) + 1) {
    const bool punctuation = std::string_view(".,;:]}'!?*").find(text[end - 1]) != std::string_view::npos;
    if (!punctuation && !unopened()) break;
    --end;
  }
  if (end == place.end(0) + 1) return false;
  std::string key = "doi:";
  for (std::size_t at = place.begin(0); at < end; ++at) key += place.text().lower(at);
  sink.found(place.is(1, "doi") ? 1 : 0, end, {std::move(key)});
  return true;
}

bool read_ncj(const Place& place, IdentifierSink& sink) {
  const std::string word = place.word(0);
  const bool one_token = word.starts_with("ncj");
  const std::string_view digits = std::string_view(word).substr(one_token ? 3 : 0);
  const bool number = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  if (!number || digits.size() < 4 || digits.size() > 7) return false;
  std::size_t first = 0;
  if (!one_token) {
    first = place.is(1, "no") || place.is(1, "number") || place.is(1, "num") ? 2 : 1;
    if (!place.is(first, "ncj")) return false;
    // "ncj:254679" in a query is a field of its own.
    if (place.gap(1).size() > 6) return false;
  }
  sink.found(first, place.end(0), {"ncj:" + std::string(digits)});
  return true;
}

}  // namespace

bool read_publication_number(const Place& place, IdentifierSink& sink) {
  return read_ncj(place, sink) || read_doi(place, sink) || read_isbn(place, sink);
}

}  // namespace carrel::schema
