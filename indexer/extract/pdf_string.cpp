#include "indexer/extract/pdf_string.h"

#include <array>
#include <cstddef>

#include "indexer/extract/cleaning.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

// ISO 32000-2, annex D.3: where PDFDocEncoding differs from Latin-1.
constexpr std::array<char16_t, 8> kFrom18{0x02d8, 0x02c7, 0x02c6, 0x02d9, 0x02dd, 0x02db, 0x02da, 0x02dc};
constexpr std::array<char16_t, 33> kFrom80{
    0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x0192, 0x2044, 0x2039, 0x203a, 0x2212,
    0x2030, 0x201e, 0x201c, 0x201d, 0x2018, 0x2019, 0x201a, 0x2122, 0xfb01, 0xfb02, 0x0141,
    0x0152, 0x0160, 0x0178, 0x017d, 0x0131, 0x0142, 0x0153, 0x0161, 0x017e, 0xfffd, 0x20ac};

std::string from_utf16(std::string_view raw, bool big_endian) {
  std::string out;
  const auto unit = [&](std::size_t at) -> char32_t {
    const auto first = static_cast<unsigned char>(raw[at]);
    const auto second = static_cast<unsigned char>(raw[at + 1]);
    return big_endian ? static_cast<char32_t>(first << 8 | second)
                      : static_cast<char32_t>(second << 8 | first);
  };
  bool in_escape = false;
  for (std::size_t at = 0; at + 1 < raw.size(); at += 2) {
    char32_t code = unit(at);
    if (code == 0x1b) {
      in_escape = !in_escape;
      continue;
    }
    if (in_escape) continue;
    if (code >= 0xd800 && code < 0xdc00 && at + 3 < raw.size()) {
      const char32_t low = unit(at + 2);
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        at += 2;
      }
    }
    schema::append_utf8(out, code);
  }
  return out;
}

std::string from_doc_encoding(std::string_view raw) {
  std::string out;
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x18 && byte <= 0x1f) {
      schema::append_utf8(out, kFrom18[byte - 0x18U]);
    } else if (byte >= 0x80 && byte <= 0xa0) {
      schema::append_utf8(out, kFrom80[byte - 0x80U]);
    } else {
      schema::append_utf8(out, byte);
    }
  }
  return out;
}

}  // namespace

std::string decode_pdf_string(std::string_view raw) {
  if (raw.starts_with("\xfe\xff")) return clean_line(from_utf16(raw.substr(2), true));
  if (raw.starts_with("\xff\xfe")) return clean_line(from_utf16(raw.substr(2), false));
  if (raw.starts_with("\xef\xbb\xbf")) return clean_line(raw.substr(3));
  // Not by the standard, but common: UTF-8 without its mark. Bytes over 0x7f are valid UTF-8 hardly by
  // chance.
  if (schema::is_valid_utf8(raw)) return clean_line(raw);
  return clean_line(from_doc_encoding(raw));
}

}  // namespace carrel::indexer
