#include "search/schema/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <vector>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
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

/// One letter for what writers of a script spell in several ways: Arabic and Persian yeh, kaf, heh and alef
/// (as the Snowball stemmer and Lucene's normalisers have them); 0 for all others.
UChar32 plain_letter(UChar32 c) {
  switch (c) {
    case 0x0671:  // alef wasla
      return 0x0627;
    case 0x0629:  // teh marbuta
    case 0x06c1:  // heh goal
    case 0x06d5:  // ae
      return 0x0647;
    case 0x0649:  // alef maksura
    case 0x06cc:  // Farsi yeh
    case 0x06d2:  // yeh barree
      return 0x064a;
    case 0x06a9:  // keheh
      return 0x0643;
    default:
      return 0;
  }
}

/// Traditional Chinese characters as simplified ones, by ICU's transliterator, character by character.
class Simplified {
 public:
  Simplified() : table_(kEnd - kBegin) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> to_simplified(
        icu::Transliterator::createInstance("Hant-Hans", UTRANS_FORWARD, status));
    if (U_FAILURE(status) || to_simplified == nullptr) return;  // without the data nothing is folded
    icu::UnicodeString text;
    for (UChar32 c = kBegin; c < kEnd; ++c) {
      text = icu::UnicodeString(c);
      to_simplified->transliterate(text);
      if (text.length() == 1 && text.charAt(0) != c)
        table_[static_cast<std::size_t>(c - kBegin)] = text.charAt(0);
    }
  }

  /// 0 when the character is no traditional one.
  UChar32 of(UChar32 c) const {
    return c >= kBegin && c < kEnd ? table_[static_cast<std::size_t>(c - kBegin)] : 0;
  }

 private:
  static constexpr UChar32 kBegin = 0x4e00;  // CJK Unified Ideographs
  static constexpr UChar32 kEnd = 0x9fff;
  std::vector<char16_t> table_;
};

UChar32 simplified(UChar32 c) {
  if (c < 0x4e00 || c >= 0x9fff) return 0;
  static const Simplified table;
  return table.of(c);
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
    } else if (const UChar32 plain = plain_letter(c); plain != 0) {
      append_code_point(out, plain);
    } else if (const UChar32 simple = simplified(c); simple != 0) {
      append_code_point(out, simple);
    } else if (const std::int32_t digit = u_charDigitValue(c); digit >= 0 && c > 0x7f) {
      out += static_cast<char>('0' + digit);
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
