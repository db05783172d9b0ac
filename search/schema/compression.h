// Texts made small with Zstandard: stored pages, and what documents yielded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace carrel::schema {

/// What matters more: few bytes, or soon being text again.
enum class Packing {
  small,  ///< level 3
  /// Level -1, which leaves out Huffman codes: 27,000 pages of manuals took a third more bytes than with
  /// `small`, and a quarter of the time to be unpacked.
  quick,
};

/// One frame of Zstandard that names its size. Empty when it cannot be made. Any thread.
std::string compress(std::string_view text, Packing packing);

/// What compress() was given; nothing when the bytes are no such frame, or when it would be longer than
/// `most` bytes. Any thread.
std::optional<std::string> decompress(std::string_view packed, std::uint64_t most);

}  // namespace carrel::schema
