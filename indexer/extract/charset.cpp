#include "indexer/extract/charset.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

constexpr std::size_t kPrescanBytes = 4096;
constexpr std::size_t kDetectedBytes = 64 * 1024;

struct LabelGroup {
  std::string_view converter;  // ICU's name
  std::string_view labels;     // blank-separated, lower case
};

// Labels of the WHATWG Encoding Standard, each group with the ICU converter that comes closest to its
// decoder.
constexpr std::array kLabels{
    LabelGroup{"UTF-8", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"},
    LabelGroup{
        "windows-1252",
        "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
        "iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 x-user-defined"},
    LabelGroup{"windows-1250", "cp1250 windows-1250 x-cp1250"},
    LabelGroup{"windows-1251", "cp1251 windows-1251 x-cp1251"},
    LabelGroup{"windows-1253", "cp1253 windows-1253 x-cp1253"},
    LabelGroup{
        "windows-1254",
        "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 "
        "windows-1254 x-cp1254"},
    LabelGroup{"windows-1255", "cp1255 windows-1255 x-cp1255"},
    LabelGroup{"windows-1256", "cp1256 windows-1256 x-cp1256"},
    LabelGroup{"windows-1257", "cp1257 windows-1257 x-cp1257"},
    LabelGroup{"windows-1258", "cp1258 windows-1258 x-cp1258"},
    LabelGroup{"windows-874", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"},
    LabelGroup{"ibm-866", "866 cp866 csibm866 ibm866"},
    LabelGroup{"iso-8859-2",
               "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2"},
    LabelGroup{"iso-8859-3",
               "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3"},
    LabelGroup{"iso-8859-4",
               "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4"},
    LabelGroup{
        "iso-8859-5",
        "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988"},
    LabelGroup{"iso-8859-6",
               "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e "
               "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987"},
    LabelGroup{
        "iso-8859-7",
        "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 "
        "iso_8859-7:1987 sun_eu_greek"},
    LabelGroup{
        "iso-8859-8",
        "csiso88598e csiso88598i csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-8859-8-i iso-ir-138 "
        "iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 logical visual"},
    LabelGroup{"iso-8859-10", "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6"},
    LabelGroup{"iso-8859-13", "iso-8859-13 iso8859-13 iso885913"},
    LabelGroup{"iso-8859-14", "iso-8859-14 iso8859-14 iso885914"},
    LabelGroup{"iso-8859-15", "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9"},
    LabelGroup{"KOI8-R", "cskoi8r koi koi8 koi8-r koi8_r"},
    LabelGroup{"KOI8-U", "koi8-ru koi8-u"},
    LabelGroup{"macintosh", "csmacintosh mac macintosh x-mac-roman"},
    LabelGroup{"x-mac-cyrillic", "x-mac-cyrillic x-mac-ukrainian"},
    LabelGroup{"gb18030",
               "chinese csgb2312 csiso58gb231280 gb18030 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk"},
    LabelGroup{"Big5-HKSCS", "big5 big5-hkscs cn-big5 csbig5 x-x-big5"},
    LabelGroup{"EUC-JP", "cseucpkdfmtjapanese euc-jp x-euc-jp"},
    LabelGroup{"ISO-2022-JP", "csiso2022jp iso-2022-jp"},
    LabelGroup{"windows-31j", "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis"},
    LabelGroup{
        "windows-949",
        "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 "
        "windows-949"},
    LabelGroup{"UTF-16BE", "unicodefffe utf-16be"},
    LabelGroup{"UTF-16LE", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"}};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool contains_word(std::string_view words, std::string_view word) {
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const bool begins = at == 0 || words[at - 1] == ' ';
    const std::size_t end = at + word.size();
    if (begins && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

/// Value of an attribute that begins at `at` (behind its '='), quoted or not.
std::string_view attribute_value(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
    const std::size_t end = text.find(text[at], at + 1);
    return end == std::string_view::npos ? std::string_view() : text.substr(at + 1, end - at - 1);
  }
  std::size_t end = at;
  while (end < text.size() && !is_space(text[end]) && text[end] != ';' && text[end] != '>' &&
         text[end] != '"' && text[end] != '\'') {
    ++end;
  }
  return text.substr(at, end - at);
}

/// The charset in one meta tag (lower case), as `charset=…` or inside `content="text/html; charset=…"`.
std::optional<std::string> charset_in_meta(std::string_view tag) {
  for (std::size_t at = tag.find("charset"); at != std::string_view::npos; at = tag.find("charset", at + 1)) {
    std::size_t after = at + 7;
    while (after < tag.size() && is_space(tag[after])) ++after;
    if (after >= tag.size() || tag[after] != '=') continue;
    const std::string_view value = attribute_value(tag, after + 1);
    if (!value.empty()) return std::string(value);
  }
  return std::nullopt;
}

struct Utf8Census {
  std::size_t sequences = 0;  // valid, of more than one byte
  std::size_t broken = 0;
};

Utf8Census count_utf8(std::string_view bytes) {
  Utf8Census census;
  while (!bytes.empty()) {
    const std::size_t good = schema::valid_utf8_prefix(bytes);
    for (std::size_t i = 0; i < good; ++i) {
      if ((static_cast<unsigned char>(bytes[i]) & 0xc0) == 0xc0) ++census.sequences;
    }
    bytes.remove_prefix(good);
    if (bytes.empty()) break;
    ++census.broken;
    bytes.remove_prefix(1);
  }
  return census;
}

std::string convert(std::string_view bytes, const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, void (*)(UConverter*)> from(ucnv_open(name, &status), &ucnv_close);
  const std::unique_ptr<UConverter, void (*)(UConverter*)> to(ucnv_open("UTF-8", &status), &ucnv_close);
  if (U_FAILURE(status)) return schema::repair_utf8(bytes);
  std::string out;
  std::vector<char> buffer(64 * 1024);
  std::vector<UChar> pivot(16 * 1024);
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  bool reset = true;
  do {
    char* target = buffer.data();
    status = U_ZERO_ERROR;
    ucnv_convertEx(to.get(), from.get(), &target, buffer.data() + buffer.size(), &source, end, pivot.data(),
                   &pivot_source, &pivot_target, pivot.data() + pivot.size(), reset ? 1 : 0, 1, &status);
    reset = false;
    out.append(buffer.data(), static_cast<std::size_t>(target - buffer.data()));
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  return out;
}

DecodedText decode_as(std::string_view bytes, std::string_view converter) {
  if (converter == "UTF-8") return {schema::repair_utf8(bytes), "UTF-8"};
  const std::string name(converter);
  return {convert(bytes, name.c_str()), name};
}

/// What the bytes look like to ICU's detector, tags left aside; nothing when it is not sure or it looks like
/// Western Europe, where windows-1252 is right anyway.
std::optional<std::string_view> detected_converter(std::string_view bytes) {
  // Shorter texts are guesses.
  constexpr std::ptrdiff_t kFewestHighBytes = 12;
  constexpr int kLeastConfidence = 40;
  bytes = bytes.substr(0, kDetectedBytes);
  const auto is_high = [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; };
  if (std::count_if(bytes.begin(), bytes.end(), is_high) < kFewestHighBytes) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, void (*)(UCharsetDetector*)> detector(ucsdet_open(&status),
                                                                                &ucsdet_close);
  ucsdet_enableInputFilter(detector.get(), 1);
  ucsdet_setText(detector.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return std::nullopt;
  if (ucsdet_getConfidence(match, &status) < kLeastConfidence) return std::nullopt;
  const char* name = ucsdet_getName(match, &status);
  if (U_FAILURE(status) || name == nullptr) return std::nullopt;
  const auto converter = converter_of_label(name);
  if (!converter || *converter == "UTF-8" || converter->starts_with("UTF-16")) return std::nullopt;
  return converter;
}

/// Two multi-byte characters refute a Latin declaration; in double-byte charsets a few may be chance.
bool is_really_utf8(const Utf8Census& census, std::string_view converter) {
  if (census.broken > 0) return false;
  constexpr std::array kDoubleByte{"gb18030", "Big5-HKSCS", "EUC-JP", "windows-31j", "windows-949"};
  const bool double_byte = std::find(kDoubleByte.begin(), kDoubleByte.end(), converter) != kDoubleByte.end();
  return census.sequences >= (double_byte ? 8U : 2U);
}

}  // namespace

std::optional<std::string_view> converter_of_label(std::string_view label) {
  while (!label.empty() && is_space(label.front())) label.remove_prefix(1);
  while (!label.empty() && is_space(label.back())) label.remove_suffix(1);
  std::string folded(label);
  std::transform(folded.begin(), folded.end(), folded.begin(), lower);
  if (folded.empty() || folded.find(' ') != std::string::npos) return std::nullopt;
  for (const LabelGroup& group : kLabels) {
    if (contains_word(group.labels, folded)) return group.converter;
  }
  return std::nullopt;
}

std::optional<std::string> declared_charset(std::string_view bytes) {
  std::string head(bytes.substr(0, kPrescanBytes));
  std::transform(head.begin(), head.end(), head.begin(), lower);
  std::size_t at = 0;
  while ((at = head.find('<', at)) != std::string::npos) {
    if (head.compare(at, 4, "<!--") == 0) {
      at = head.find("-->", at + 2);
      if (at == std::string::npos) return std::nullopt;
      continue;
    }
    const std::size_t end = std::min(head.find('>', at), head.size());
    const std::string_view tag = std::string_view(head).substr(at, end - at);
    if (tag.starts_with("<meta") && tag.size() > 5 && (is_space(tag[5]) || tag[5] == '/')) {
      if (auto charset = charset_in_meta(tag)) return charset;
    } else if (tag.starts_with("<?xml")) {
      if (const std::size_t encoding = tag.find("encoding="); encoding != std::string_view::npos) {
        return std::string(attribute_value(tag, encoding + 9));
      }
    }
    at = end;
  }
  return std::nullopt;
}

DecodedText decode_page(std::string_view bytes, std::optional<std::string_view> given) {
  if (bytes.starts_with("\xef\xbb\xbf")) return decode_as(bytes.substr(3), "UTF-8");
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xff\xfe\0\0"sv)) return decode_as(bytes.substr(4), "UTF-32LE");
  if (bytes.starts_with("\0\0\xfe\xff"sv)) return decode_as(bytes.substr(4), "UTF-32BE");
  if (bytes.starts_with("\xff\xfe")) return decode_as(bytes.substr(2), "UTF-16LE");
  if (bytes.starts_with("\xfe\xff")) return decode_as(bytes.substr(2), "UTF-16BE");

  std::optional<std::string_view> converter;
  if (given) converter = converter_of_label(*given);
  if (!converter) {
    if (const auto declared = declared_charset(bytes)) converter = converter_of_label(*declared);
    // A page that could be read as far as its meta tag is not in UTF-16.
    if (converter && converter->starts_with("UTF-16")) converter = "UTF-8";
  }
  const Utf8Census census = count_utf8(bytes);
  if (!converter) {
    if (census.broken == 0) return decode_as(bytes, "UTF-8");
    return decode_as(bytes, detected_converter(bytes).value_or("windows-1252"));
  }
  if (*converter == "UTF-8") {
    return decode_as(bytes, census.broken > census.sequences ? "windows-1252" : "UTF-8");
  }
  const bool stateful = *converter == "ISO-2022-JP" || converter->starts_with("UTF-16");
  if (!stateful && is_really_utf8(census, *converter)) return decode_as(bytes, "UTF-8");
  return decode_as(bytes, *converter);
}

std::string decode_with(std::string_view bytes, const std::string& converter) {
  return convert(bytes, converter.c_str());
}

}  // namespace carrel::indexer
