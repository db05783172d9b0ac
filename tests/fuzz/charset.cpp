// The charset of a page, decided and decoded: the result is valid UTF-8, and what is UTF-8 by its mark or by
// a label from outside comes out as it was. The first byte chooses a label from outside, or none.
#include "indexer/extract/charset.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "search/schema/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace carrel::indexer;
  constexpr std::array<std::string_view, 12> kGiven{"",       "utf-8",        "iso-8859-1", "gb2312",
                                                    "big5",   "shift_jis",    "euc-jp",     "iso-2022-jp",
                                                    "euc-kr", "windows-1251", "utf-16",     "nonsense"};
  if (size == 0) return 0;
  const std::string_view given = kGiven[data[0] % kGiven.size()];
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto label = given.empty() ? std::nullopt : std::optional(given);
  const DecodedText decoded = decode_page(bytes, label);
  if (decoded.charset.empty() || !carrel::schema::is_valid_utf8(decoded.utf8)) std::abort();
  if (given == "utf-8" && carrel::schema::is_valid_utf8(bytes) && !bytes.starts_with("\xef\xbb\xbf") &&
      decoded.charset == "UTF-8" && decoded.utf8 != bytes) {
    std::abort();
  }
  if (const auto declared = declared_charset(bytes)) static_cast<void>(converter_of_label(*declared));
  return 0;
}
