#include "indexer/extract/text_charset.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <unicode/ucsdet.h>

#include "indexer/extract/charset.h"
#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

// More bytes do not change what the detector says.
constexpr std::size_t kSampleBytes = 64 * 1024;
// Below this ICU's detector guesses.
constexpr int kSure = 30;
constexpr std::size_t kFewestHighBytes = 4;

/// How many bytes are no ASCII, and how many of them no UTF-8 either.
struct HighBytes {
  std::size_t all = 0;
  std::size_t broken = 0;
};

HighBytes count_high_bytes(std::string_view bytes) {
  HighBytes count;
  for (const char c : bytes) count.all += (static_cast<unsigned char>(c) & 0x80) != 0 ? 1 : 0;
  while (!bytes.empty()) {
    bytes.remove_prefix(schema::valid_utf8_prefix(bytes));
    if (bytes.empty()) break;
    ++count.broken;
    bytes.remove_prefix(1);
  }
  return count;
}

std::optional<std::string> detected_charset(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, void (*)(UCharsetDetector*)> detector(ucsdet_open(&status),
                                                                                &ucsdet_close);
  if (U_FAILURE(status)) return std::nullopt;
  bytes = bytes.substr(0, kSampleBytes);
  ucsdet_setText(detector.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr || ucsdet_getConfidence(match, &status) < kSure)
    return std::nullopt;
  const char* name = ucsdet_getName(match, &status);
  if (U_FAILURE(status) || name == nullptr) return std::nullopt;
  return std::string(name);
}

}  // namespace

std::string decode_text(std::string_view bytes) {
  const bool marked =
      bytes.starts_with("\xef\xbb\xbf") || bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff");
  if (marked) return decode_page(bytes).utf8;
  const HighBytes high = count_high_bytes(bytes);
  // A few broken bytes in much good UTF-8 are damage, not another charset.
  if (high.broken * 20 <= high.all) return schema::repair_utf8(bytes);
  if (high.all >= kFewestHighBytes) {
    if (const auto charset = detected_charset(bytes)) {
      // The Encoding Standard's converters are the wider ones that people mean.
      const auto converter = converter_of_label(*charset);
      return decode_with(bytes, converter ? std::string(*converter) : *charset);
    }
  }
  return decode_with(bytes, "windows-1252");
}

std::string decode_code_page(std::string_view bytes, int code_page) {
  if (code_page == 65001) return schema::repair_utf8(bytes);
  return decode_with(
      bytes, fmt::format("{}{}", code_page >= 1250 && code_page <= 1258 ? "windows-" : "cp", code_page));
}

}  // namespace carrel::indexer
