#include "indexer/extract/answer_codec.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <utility>

#include "search/schema/utf8.h"

namespace carrel::indexer {
namespace {

constexpr std::array<std::string_view, 9> kFailureCodes{
    "empty-file", "unsupported-format", "encrypted", "damaged",
    "too-large",  "unreadable",         "timeout",   "memory",
    "crashed"};

class Writer {
 public:
  void u8(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void u32(std::uint32_t value) { little_endian(value, 4); }
  void u64(std::uint64_t value) { little_endian(value, 8); }
  void text(std::string_view value) {
    u32(static_cast<std::uint32_t>(value.size()));
    out_.append(value);
  }
  std::string take() { return std::move(out_); }

 private:
  void little_endian(std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) u8(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  std::string out_;
};

/// Reads until the first thing that is wrong; from then on everything is empty and `ok()` is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(little_endian(1)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(little_endian(4)); }
  std::uint64_t u64() { return little_endian(8); }

  /// Text of one line: control characters, which could steer a terminal, become blanks.
  std::string line() { return take_text('\0'); }

  /// Text that may have line feeds.
  std::string text() { return take_text('\n'); }

  /// A count of items that take at least `least` bytes each.
  std::size_t count(std::size_t least) {
    const std::uint32_t value = u32();
    if (value > bytes_.size() / least) refuse();
    return ok_ ? value : 0;
  }

  std::string refuse() {
    ok_ = false;
    bytes_ = {};
    return {};
  }
  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && bytes_.empty(); }

 private:
  std::string take_text(char allowed) {
    const std::uint32_t length = u32();
    if (!ok_ || length > bytes_.size() || !schema::is_valid_utf8(bytes_.substr(0, length))) return refuse();
    std::string value(bytes_.substr(0, length));
    bytes_.remove_prefix(length);
    for (std::size_t i = 0; i < value.size(); ++i) {
      const auto byte = static_cast<unsigned char>(value[i]);
      if ((byte < 0x20 && value[i] != allowed) || byte == 0x7f || value[i] == '\0') value[i] = ' ';
      // U+0080 to U+009F, the second block of control characters, are two bytes each.
      if (byte == 0xc2 && static_cast<unsigned char>(value[i + 1]) < 0xa0) value[i] = value[i + 1] = ' ';
    }
    return value;
  }

  std::uint64_t little_endian(std::size_t size) {
    if (bytes_.size() < size) {
      refuse();
      return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      value |= std::uint64_t{static_cast<unsigned char>(bytes_[i])} << (8 * i);
    }
    bytes_.remove_prefix(size);
    return value;
  }

  std::string_view bytes_;
  bool ok_ = true;
};

void write_page(Writer& out, const Page& page) {
  out.text(page.text);
  out.text(page.label);
  out.text(page.heading);
  out.text(page.anchor);
  out.text(page.language);
  out.u8(page.seconds ? 1 : 0);
  out.u64(std::bit_cast<std::uint64_t>(page.seconds.value_or(0.0)));
  out.u8(static_cast<std::uint8_t>(page.text_layer));
  out.u32(static_cast<std::uint32_t>(page.unindexed.size()));
  for (const schema::TextRange& range : page.unindexed) {
    out.u32(static_cast<std::uint32_t>(range.begin));
    out.u32(static_cast<std::uint32_t>(range.end));
  }
}

Page read_page(Reader& in) {
  Page page;
  page.text = in.text();
  page.label = in.line();
  page.heading = in.line();
  page.anchor = in.line();
  page.language = in.line();
  const bool timed = in.u8() != 0;
  const auto seconds = std::bit_cast<double>(in.u64());
  if (!std::isfinite(seconds) || seconds < 0) in.refuse();
  if (timed) page.seconds = seconds;
  const std::uint8_t text_layer = in.u8();
  if (text_layer > static_cast<std::uint8_t>(TextLayer::unreadable)) in.refuse();
  page.text_layer = static_cast<TextLayer>(text_layer);
  const std::size_t ranges = in.count(8);
  page.unindexed.reserve(ranges);
  for (std::size_t i = 0; i < ranges && in.ok(); ++i) {
    const std::size_t begin = in.u32();
    page.unindexed.push_back({.begin = begin, .end = in.u32()});
  }
  if (!schema::are_ranges_of(page.text, page.unindexed)) in.refuse();
  return page;
}

bool is_format_name(std::string_view name) {
  return !name.empty() && name.size() <= 32 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

Extraction read_extraction(Reader& in) {
  Extraction extraction;
  extraction.format = in.line();
  if (!is_format_name(extraction.format)) in.refuse();
  extraction.noindex = in.u8() != 0;
  const std::size_t pages = in.count(34);
  extraction.pages.reserve(pages);
  for (std::size_t i = 0; i < pages && in.ok(); ++i) extraction.pages.push_back(read_page(in));
  const std::size_t fields = in.count(9);
  for (std::size_t i = 0; i < fields && in.ok(); ++i) {
    const std::uint8_t field = in.u8();
    if (field >= schema::kFieldCount) in.refuse();
    FoundField found{static_cast<schema::FieldId>(field), in.line(), in.line()};
    extraction.found.push_back(std::move(found));
  }
  const std::size_t warnings = in.count(8);
  for (std::size_t i = 0; i < warnings && in.ok(); ++i) {
    Warning warning{in.line(), in.line()};
    extraction.warnings.push_back(std::move(warning));
  }
  const std::size_t links = in.count(4);
  if (links > kMostLinks) in.refuse();
  for (std::size_t i = 0; i < links && in.ok(); ++i) extraction.links.push_back(in.line());
  return extraction;
}

}  // namespace

std::string encode_answer(const Answer& answer) {
  Writer out;
  out.u32(kAnswerVersion);
  out.u8(answer.has_value() ? 1 : 0);
  if (!answer) {
    out.text(answer.error().code);
    out.text(answer.error().text);
    return out.take();
  }
  out.text(answer->format);
  out.u8(answer->noindex ? 1 : 0);
  out.u32(static_cast<std::uint32_t>(answer->pages.size()));
  for (const Page& page : answer->pages) write_page(out, page);
  out.u32(static_cast<std::uint32_t>(answer->found.size()));
  for (const FoundField& found : answer->found) {
    out.u8(static_cast<std::uint8_t>(found.field));
    out.text(found.value);
    out.text(found.source);
  }
  out.u32(static_cast<std::uint32_t>(answer->warnings.size()));
  for (const Warning& warning : answer->warnings) {
    out.text(warning.code);
    out.text(warning.text);
  }
  out.u32(static_cast<std::uint32_t>(answer->links.size()));
  for (const std::string& link : answer->links) out.text(link);
  return out.take();
}

std::optional<Answer> decode_answer(std::string_view bytes) {
  Reader in(bytes);
  if (in.u32() != kAnswerVersion) return std::nullopt;
  if (in.u8() != 0) {
    Extraction extraction = read_extraction(in);
    if (!in.at_end()) return std::nullopt;
    return Answer(std::move(extraction));
  }
  ExtractionFailure failure{in.line(), in.line()};
  const bool known =
      std::find(kFailureCodes.begin(), kFailureCodes.end(), failure.code) != kFailureCodes.end();
  if (!known || !in.at_end()) return std::nullopt;
  return Answer(std::unexpected(std::move(failure)));
}

}  // namespace carrel::indexer
