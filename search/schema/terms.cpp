#include "search/schema/terms.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <xxhash.h>

#include "search/schema/language.h"
#include "search/schema/text.h"
#include "search/schema/tokenizer.h"

namespace carrel::schema {
namespace {

/// Xapian takes 245 bytes a term and counts a zero byte twice; this leaves room for prefix and hash.
constexpr std::size_t kMaxValueBytes = 160;

/// RFC 1035, section 2.3.4, as text.
constexpr std::size_t kMaxHostBytes = 253;

std::string bounded(std::string_view prefix, std::string_view value) {
  std::string term(prefix);
  if (value.size() <= kMaxValueBytes && value.find('\0') == std::string_view::npos) {
    term += value;
    return term;
  }
  std::size_t size = 100;
  while (value.size() > size && size > 0 && (static_cast<unsigned char>(value[size]) & 0xc0) == 0x80) --size;
  std::string head(value.substr(0, size));
  std::ranges::replace(head, '\0', '_');
  return term + head + "~" + content_hash(value);
}

/// Folded, with runs of white space as one blank and none at the ends.
std::string comparable(std::string_view value) {
  std::string out;
  for (const char c : folded_form(value)) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : c;
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string content_hash(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::string identifier_key(std::string_view value) {
  std::string key;
  for_each_token(value, [&](const Token& token) {
    for (const char c : token.folded) {
      if (c != '\'' && c != '.') key += c;
    }
  });
  return key;
}

std::string host_of(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return {};
  const std::string scheme = exact_form(url.substr(0, colon));
  if (scheme != "http" && scheme != "https") return {};
  std::string_view rest = url.substr(colon + 3);
  rest = rest.substr(0, std::min(rest.find_first_of("/?#"), rest.size()));
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  if (rest.starts_with('[')) return exact_form(rest.substr(0, std::min(rest.find(']'), rest.size() - 1) + 1));
  rest = rest.substr(0, std::min(rest.find(':'), rest.size()));
  while (rest.ends_with('.')) rest.remove_suffix(1);
  return rest.size() > kMaxHostBytes ? std::string() : exact_form(rest);
}

std::string filter_term(const Field& field, std::string_view value) {
  switch (field.id) {
    case FieldId::id:
    case FieldId::translation_of:
    case FieldId::supersedes:
      return bounded(field.term_prefix, value);
    case FieldId::identifier: {
      const std::string key = identifier_key(value);
      return bounded(field.term_prefix, is_number(key) ? "ncj" + key : key);
    }
    case FieldId::url: {
      std::string host = host_of(value);
      if (host.empty()) host = comparable(value);
      return bounded(field.term_prefix, host.substr(std::min(host.find_first_not_of('.'), host.size())));
    }
    default:
      return bounded(field.term_prefix, comparable(value));
  }
}

std::vector<std::string> filter_terms(const Field& field, std::string_view value) {
  std::vector<std::string> terms;
  if (field.id == FieldId::url) {
    std::string host = host_of(value);
    while (!host.empty()) {
      terms.push_back(bounded(field.term_prefix, host));
      const std::size_t dot = host.find('.');
      host = dot == std::string::npos ? std::string() : host.substr(dot + 1);
    }
    return terms;
  }
  if (field.id == FieldId::identifier) {
    // A bare number stays findable as typed; "NCJ 254679" is what filter_term makes of 254679.
    const std::string key = identifier_key(value);
    if (!key.empty()) terms.push_back(bounded(field.term_prefix, key));
    if (is_number(key)) terms.push_back(bounded(field.term_prefix, "ncj" + key));
    return terms;
  }
  if (std::string term = filter_term(field, value); term != field.term_prefix)
    terms.push_back(std::move(term));
  if (field.id == FieldId::language) {
    if (const std::string base = base_language(value); base != value)
      terms.push_back(filter_term(field, base));
  }
  return terms;
}

std::string identifier_term(std::string_view key) {
  return bounded(kIdentifierPrefix, key);
}

std::string word_term(const Field& field, std::string_view folded_word) {
  return std::string(field.word_prefix) + std::string(folded_word);
}

}  // namespace carrel::schema
