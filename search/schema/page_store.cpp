#include "search/schema/page_store.h"

#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "search/schema/compression.h"
#include "search/schema/terms.h"
#include "search/schema/values.h"

namespace carrel::schema {
namespace {

constexpr char kPlain = 0;
constexpr char kZstd = 1;
/// No page of a real document comes near; more is damage.
constexpr std::uint64_t kMaxPageBytes = 256ULL << 20;

Error damaged() {
  return {ErrorKind::damaged, "a stored page cannot be read", "rebuild the index"};
}

/// Each range as the bytes since the one before it, and its length.
std::string pack_ranges(std::span<const TextRange> ranges) {
  std::string packed;
  std::size_t from = 0;
  for (const TextRange& range : ranges) {
    append_varint(packed, range.begin - from);
    append_varint(packed, range.end - range.begin);
    from = range.end;
  }
  return packed;
}

bool unpack_ranges(std::string_view packed, std::string_view text, std::vector<TextRange>& ranges) {
  std::uint64_t from = 0;
  while (!packed.empty()) {
    std::uint64_t gap = 0;
    std::uint64_t length = 0;
    if (!take_varint(packed, gap) || !take_varint(packed, length)) return false;
    if (gap > text.size() || length > text.size()) return false;
    ranges.push_back({.begin = from + gap, .end = from + gap + length});
    from += gap + length;
  }
  return are_ranges_of(text, ranges);
}

/// Anchors go into links: what is not unreserved or a sub-delimiter of RFC 3986 is percent-encoded.
std::string encode_fragment(std::string_view anchor) {
  static constexpr std::string_view kAllowed = "-._~!$&'()*+,;=:@/?%";
  std::string out;
  for (const char c : anchor) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || kAllowed.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace

std::string page_key(std::string_view id, std::uint32_t number) {
  return fmt::format("page/{}/{}", content_hash(id), number);
}

std::string encode_page(const PageEntry& page) {
  std::string payload;
  append_bytes(payload, page.label);
  append_bytes(payload, page.heading);
  append_bytes(payload, page.anchor);
  append_bytes(payload, page.seconds ? fmt::format("{:.3f}", *page.seconds) : "");
  append_bytes(payload, page.language);
  append_bytes(payload, pack_ranges(page.unindexed));
  payload += page.text;
  std::string packed = compress(payload, Packing::quick);
  if (packed.empty() || packed.size() >= payload.size()) return kPlain + payload;
  packed.insert(packed.begin(), kZstd);
  return packed;
}

Result<PageEntry> decode_page(std::string_view bytes) {
  if (bytes.empty()) return std::unexpected(damaged());
  const char kind = bytes.front();
  bytes.remove_prefix(1);
  std::string unpacked;
  if (kind == kZstd) {
    auto whole = decompress(bytes, kMaxPageBytes);
    if (!whole) return std::unexpected(damaged());
    unpacked = std::move(*whole);
    bytes = unpacked;
  } else if (kind != kPlain) {
    return std::unexpected(damaged());
  }
  std::string_view label, heading, anchor, seconds, language, ranges;
  if (!take_bytes(bytes, label) || !take_bytes(bytes, heading) || !take_bytes(bytes, anchor) ||
      !take_bytes(bytes, seconds) || !take_bytes(bytes, language) || !take_bytes(bytes, ranges)) {
    return std::unexpected(damaged());
  }
  PageEntry page{.label = std::string(label),
                 .heading = std::string(heading),
                 .anchor = std::string(anchor),
                 .seconds = std::nullopt,
                 .language = std::string(language)};
  if (!unpack_ranges(ranges, bytes, page.unindexed)) return std::unexpected(damaged());
  if (!seconds.empty()) {
    double value = 0;
    const auto [end, error] = std::from_chars(seconds.data(), seconds.data() + seconds.size(), value);
    if (error != std::errc{} || end != seconds.data() + seconds.size() || !std::isfinite(value)) {
      return std::unexpected(damaged());
    }
    page.seconds = value;
  }
  if (kind == kZstd) {
    unpacked.erase(0, unpacked.size() - bytes.size());
    page.text = std::move(unpacked);
  } else {
    page.text = bytes;
  }
  return page;
}

std::string locator_fragment(std::string_view format, std::uint32_t number, const PageEntry& page) {
  if (page.seconds) return fmt::format("#t={}", std::lround(std::floor(*page.seconds)));
  if (!page.anchor.empty()) return "#" + encode_fragment(page.anchor);
  if (format == "pdf" && number > 0) return fmt::format("#page={}", number);
  return {};
}

}  // namespace carrel::schema
