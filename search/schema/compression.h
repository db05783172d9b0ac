// Texts made small with Zstandard: stored pages, and what documents yielded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace carrel::schema {

/// One frame of Zstandard that names its size. Empty when it cannot be made. Any thread.
std::string compress(std::string_view text);

/// What compress() was given; nothing when the bytes are no such frame, or when it would be longer than
/// `most` bytes. Any thread.
std::optional<std::string> decompress(std::string_view packed, std::uint64_t most);

}  // namespace carrel::schema
