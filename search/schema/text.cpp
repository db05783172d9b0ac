#include "search/schema/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace carrel::schema {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

const icu::Normalizer2& normalizer(const icu::Normalizer2* (*get)(UErrorCode&), const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = get(status);
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU has no data for ") + name);
  return *instance;
}

std::string normalize(const icu::Normalizer2& form, std::string_view text) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  form.normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr,
                     status);
  if (U_FAILURE(status))
    throw std::runtime_error(std::string("ICU could not normalise: ") + u_errorName(status));
  return out;
}

/// Marks that searchers leave out: combining accents of European scripts, Arabic and Hebrew vowel points.
bool is_removable_mark(UChar32 c) {
  return (c >= 0x0300 && c <= 0x036f) ||
         (c >= 0x0591 && c <= 0x05c7 && u_charType(c) == U_NON_SPACING_MARK) ||
         (c >= 0x064b && c <= 0x065f) || c == 0x0670 || c == 0x0640 || (c >= 0x1ab0 && c <= 0x1aff) ||
         (c >= 0x1dc0 && c <= 0x1dff);
}

/// Letters that Unicode does not decompose but people type without their stroke.
std::string_view opened_letter(UChar32 c) {
  switch (c) {
    case 0x00e6:
      return "ae";
    case 0x0153:
      return "oe";
    case 0x00f8:
      return "o";
    case 0x0111:
      return "d";
    case 0x00f0:
      return "d";
    case 0x0142:
      return "l";
    case 0x0127:
      return "h";
    case 0x0131:
      return "i";
    case 0x00fe:
      return "th";
    case 0x0167:
      return "t";
    default:
      return {};
  }
}

void append_code_point(std::string& out, UChar32 c) {
  std::array<char, U8_MAX_LENGTH> buffer{};
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(buffer.data(), length, c);
  out.append(buffer.data(), static_cast<std::size_t>(length));
}

}  // namespace

std::string exact_form(std::string_view word) {
  if (is_ascii(word)) {
    std::string out(word);
    for (char& c : out) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
  }
  static const icu::Normalizer2& form =
      normalizer(icu::Normalizer2::getNFKCCasefoldInstance, "NFKC_Casefold");
  return normalize(form, word);
}

std::string strip_accents(std::string_view exact) {
  if (is_ascii(exact)) return std::string(exact);
  static const icu::Normalizer2& form = normalizer(icu::Normalizer2::getNFDInstance, "NFD");
  static const icu::Normalizer2& composed = normalizer(icu::Normalizer2::getNFCInstance, "NFC");
  const std::string decomposed = normalize(form, exact);
  std::string out;
  out.reserve(decomposed.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(decomposed.data());
  const auto size = static_cast<std::int64_t>(decomposed.size());
  for (std::int64_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, i, size, c);
    if (is_removable_mark(c)) continue;
    if (const std::string_view letters = opened_letter(c); !letters.empty()) {
      out += letters;
    } else {
      append_code_point(out, c);
    }
  }
  return is_ascii(out) ? out : normalize(composed, out);
}

std::string folded_form(std::string_view word) {
  return strip_accents(exact_form(word));
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace carrel::schema
