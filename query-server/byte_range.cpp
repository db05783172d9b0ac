#include "query-server/byte_range.h"

#include <algorithm>
#include <charconv>

#include "query-server/http_message.h"

namespace carrel::query_server {
namespace {

/// A number of digits only; nothing for anything else. One that is too large counts as the largest.
std::optional<std::uint64_t> number(std::string_view text) {
  if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  std::uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() ? value : UINT64_MAX;
}

}  // namespace

RangeReading read_range(std::optional<std::string_view> field, std::uint64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  const RangeReading whole;
  if (!field || !same_name(field->substr(0, kUnit.size()), kUnit)) return whole;
  const std::string_view spec = field->substr(kUnit.size());
  const auto dash = spec.find('-');
  if (dash == std::string_view::npos) return whole;
  const auto last = number(spec.substr(dash + 1));
  if (dash == 0) {  // the last bytes
    if (!last) return whole;
    if (*last == 0 || size == 0) return {RangeOutcome::unsatisfiable, {}};
    const auto length = std::min(*last, size);
    return {RangeOutcome::part, {size - length, length}};
  }
  const auto first = number(spec.substr(0, dash));
  if (!first || (!last && dash + 1 != spec.size()) || (last && *last < *first)) return whole;
  if (*first >= size) return {RangeOutcome::unsatisfiable, {}};
  const auto end = last ? std::min(*last, size - 1) : size - 1;
  return {RangeOutcome::part, {*first, end - *first + 1}};
}

}  // namespace carrel::query_server
