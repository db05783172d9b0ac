#include "search/schema/byte_classes.h"

#include <array>

#include "tests/catch.h"

namespace carrel::schema {
namespace {

TEST_CASE("Every byte is of the same classes wherever it stands and however it is looked at") {
  for (int value = 0; value < 256; ++value) {
    for (std::size_t at = 0; at < ByteClasses::kBytes; ++at) {
      std::array<char, ByteClasses::kBytes> bytes;
      bytes.fill(' ');
      bytes[at] = static_cast<char>(value);
      const ByteClasses classes = ByteClasses::of(bytes);
      REQUIRE(classes == ByteClasses::of_each(bytes));
      const std::uint64_t bit = std::uint64_t{1} << at;
      const bool letter = (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
      REQUIRE(classes.words == (letter || (value >= '0' && value <= '9') ? bit : 0));
      REQUIRE(classes.joins == (value == '.' || value == ',' ? bit : 0));
      REQUIRE(classes.apostrophes == (value == '\'' ? bit : 0));
      REQUIRE(classes.beyond == (value >= 0x80 ? bit : 0));
    }
  }
}

}  // namespace
}  // namespace carrel::schema
