// Names of elements and attributes, compared as numbers.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace carrel::indexer {

/// A name that somebody else keeps, with a number that tells most names apart: its first seven bytes and its
/// length. Nearly all names of HTML are that short, and then the number is all. A page asks some thirty times
/// for the name of each of its elements.
class MarkupName {
 public:
  constexpr MarkupName() = default;

  /// NOLINTNEXTLINE(google-explicit-constructor): a text is a name.
  constexpr MarkupName(std::string_view text) : text_(text), key_(key_of(text)) {}
  /// NOLINTNEXTLINE(google-explicit-constructor)
  MarkupName(const std::string& text) : MarkupName(std::string_view(text)) {}
  /// NOLINTNEXTLINE(google-explicit-constructor)
  template <std::size_t N>
  consteval MarkupName(const char (&text)[N]) : MarkupName(std::string_view(text, N - 1)) {}
  /// NOLINTNEXTLINE(google-explicit-constructor)
  template <std::same_as<const char*> Text>
  constexpr MarkupName(Text text) : MarkupName(std::string_view(text)) {}

  /// NOLINTNEXTLINE(google-explicit-constructor)
  constexpr operator std::string_view() const { return text_; }
  constexpr std::string_view text() const { return text_; }
  constexpr bool empty() const { return text_.empty(); }
  constexpr std::size_t size() const { return text_.size(); }
  constexpr char operator[](std::size_t at) const { return text_[at]; }

  /// Equal names have equal keys; different names of at most kKeyBytes bytes have different ones.
  constexpr std::uint64_t key() const { return key_; }

  friend constexpr bool operator==(const MarkupName& a, const MarkupName& b) {
    return a.key_ == b.key_ && (a.text_.size() <= kKeyBytes || a.text_ == b.text_);
  }
  template <std::same_as<std::string_view> Text>
  friend constexpr bool operator==(const MarkupName& a, Text b) {
    return a.text_ == b;
  }

 private:
  static constexpr std::size_t kKeyBytes = 7;

  static constexpr std::uint64_t key_of(std::string_view text) {
    const std::size_t size = text.size();
    std::uint64_t key = std::uint64_t{size < 255 ? size : 255} << 56U;
    if (size >= kKeyBytes) return key | (four(text, 0) | four(text, 3) << 24U);
    if (size >= 4) return key | (four(text, 0) | four(text, size - 4) << (8 * (size - 4)));
    if (size > 0) key |= byte(text, 0) | byte(text, size / 2) | byte(text, size - 1);
    return key;
  }

  static constexpr std::uint64_t byte(std::string_view text, std::size_t at) {
    return std::uint64_t{static_cast<unsigned char>(text[at])} << (8 * at);
  }

  /// Four bytes from `at` on, the first the lowest: one load.
  static constexpr std::uint64_t four(std::string_view text, std::size_t at) {
    return std::uint64_t{static_cast<unsigned char>(text[at])} |
           std::uint64_t{static_cast<unsigned char>(text[at + 1])} << 8U |
           std::uint64_t{static_cast<unsigned char>(text[at + 2])} << 16U |
           std::uint64_t{static_cast<unsigned char>(text[at + 3])} << 24U;
  }

  std::string_view text_;
  std::uint64_t key_ = 0;
};

/// "h1" to "h6".
constexpr bool is_heading_name(const MarkupName& name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

}  // namespace carrel::indexer
