#include "indexer/extract/characters.h"

#include <array>
#include <cstddef>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>

#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

// The Latin ligatures of the block Alphabetic Presentation Forms, U+FB00 to U+FB06.
constexpr std::array<std::string_view, 7> kLigatures{"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

constexpr std::array<bool, 128> plain_table() {
  std::array<bool, 128> plain{};
  for (std::size_t i = 0x20; i < 0x7f; ++i) plain[i] = true;
  plain['\n'] = true;
  return plain;
}
constexpr std::array<bool, 128> kPlain = plain_table();

bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x80 && kPlain[byte];
}

bool is_blank(char32_t code) {
  return code == 0xa0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200a) || code == 0x202f ||
         code == 0x205f || code == 0x3000;
}

bool is_private(char32_t code) {
  return (code >= 0xe000 && code <= 0xf8ff) || code >= 0xf0000;
}

bool is_invisible(char32_t code) {
  return code == 0x200b || (code >= 0x200e && code <= 0x200f) || (code >= 0x2060 && code <= 0x206f) ||
         code == 0xfeff || code == 0x180e || (code >= 0xfff9 && code <= 0xfffb) ||
         (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) == 0xfffe ||
         (code >= 0xe0000 && code <= 0xe007f);
}

std::string to_nfc(std::string text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return text;
  const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
  if (nfc->isNormalizedUTF8(piece, status) || U_FAILURE(status)) return text;
  std::string out;
  out.reserve(text.size());
  icu::StringByteSink<std::string> sink(&out);
  nfc->normalizeUTF8(0, piece, sink, nullptr, status);
  return U_SUCCESS(status) ? out : text;
}

class Normaliser {
 public:
  explicit Normaliser(std::string_view raw) : raw_(raw) { out_.reserve(raw.size() + raw.size() / 64); }

  std::string run() {
    std::size_t at = 0;
    while (at < raw_.size()) {
      std::size_t end = at;
      while (end < raw_.size() && is_plain(raw_[end])) ++end;
      out_.append(raw_.substr(at, end - at));
      if (end > at) last_ = static_cast<unsigned char>(raw_[end - 1]);
      at = end;
      if (at == raw_.size()) break;
      const char32_t code = schema::next_code_point(raw_, at);
      put(code, at);
    }
    // Everything below U+0300 is in NFC whatever stands beside it.
    return beyond_latin_ ? to_nfc(std::move(out_)) : std::move(out_);
  }

 private:
  void put(char32_t code, std::size_t after) {
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) {
      put_control(code, after);
    } else if (code == 0xad) {
      if (after < raw_.size() && (raw_[after] == '\n' || raw_[after] == '\r')) out_.push_back(kSoftBreak);
      return;
    } else if (is_blank(code) || is_private(code) || (code >= 0x202a && code <= 0x202e)) {
      // Embeddings of the other direction begin and end words: Poppler writes no blank beside them.
      out_.push_back(' ');
    } else if (code == 0x2028 || code == 0x2029) {
      out_.append("\n\n");
    } else if (code >= 0xfb00 && code <= 0xfb06) {
      out_.append(kLigatures[code - 0xfb00]);
    } else if (code == 0x200c || code == 0x200d) {
      // The joiners shape letters of Arabic and Indic scripts and some emoji; elsewhere they are invisible
      // junk.
      if (last_ >= 0x600) schema::append_utf8(out_, code);
      return;
    } else if (!is_invisible(code) && !(code == schema::kReplacement && last_ == schema::kReplacement)) {
      schema::append_utf8(out_, code);
      beyond_latin_ = beyond_latin_ || code >= 0x300;
    }
    last_ = code;
  }

  void put_control(char32_t code, std::size_t after) {
    if (code == '\t' || code == '\v') {
      out_.push_back(' ');
    } else if (code == '\f') {
      out_.append("\n\n");
    } else if (code == 0x85 || (code == '\r' && (after >= raw_.size() || raw_[after] != '\n'))) {
      out_.push_back('\n');
    }
  }

  std::string_view raw_;
  std::string out_;
  char32_t last_ = 0;
  bool beyond_latin_ = false;
};

}  // namespace

std::string normalise_characters(std::string_view raw) {
  if (schema::is_valid_utf8(raw)) return Normaliser(raw).run();
  const std::string mended = schema::repair_utf8(raw);
  return Normaliser(mended).run();
}

bool joins_without_blank(char32_t code) {
  return (code >= 0x3000 && code <= 0x30ff) || (code >= 0x3400 && code <= 0x4dbf) ||
         (code >= 0x4e00 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) ||
         (code >= 0xff00 && code <= 0xff9f) || (code >= 0x20000 && code <= 0x323af);
}

bool is_letter(char32_t code) {
  if (code < 0x80) return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
  return (U_MASK(u_charType(static_cast<UChar32>(code))) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

}  // namespace carrel::indexer
