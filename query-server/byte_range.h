// The Range field for one range of bytes (RFC 9110, section 14).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace carrel::query_server {

struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t length = 0;
};

enum class RangeOutcome {
  whole,          ///< no range, several ranges or another unit: send everything
  part,           ///< send `range`
  unsatisfiable,  ///< 416
};

struct RangeReading {
  RangeOutcome outcome = RangeOutcome::whole;
  ByteRange range;
};

/// Reads "bytes=0-99", "bytes=100-" or "bytes=-100" for a file of `size` bytes.
RangeReading read_range(std::optional<std::string_view> field, std::uint64_t size);

}  // namespace carrel::query_server
