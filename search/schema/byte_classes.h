// Which bytes of a text are letters, which are signs: 64 of them at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace carrel::schema {

/// Bit i tells of byte i.
struct ByteClasses {
  static constexpr std::size_t kBytes = 64;

  std::uint64_t words = 0;        ///< letters and digits of ASCII
  std::uint64_t joins = 0;        ///< full stops and commas
  std::uint64_t apostrophes = 0;  ///< ASCII's
  std::uint64_t beyond = 0;       ///< bytes of characters beyond ASCII

  /// By the processor's instructions on many bytes, where the build has them.
  static ByteClasses of(std::span<const char, kBytes> bytes);
  /// The same for any processor.
  static ByteClasses of_each(std::span<const char, kBytes> bytes);

  friend bool operator==(const ByteClasses&, const ByteClasses&) = default;
};

}  // namespace carrel::schema
