// Writes JSON text member by member.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace carrel::search {

/// Writes JSON in the order it is told. Strings are Boost.JSON's; numbers are not, because it would write
/// 1.8 as 1.8E0.
class JsonWriter {
 public:
  std::string take() { return std::move(out_); }

  template <typename Members>
  void object(Members&& members) {
    begin('{');
    members();
    end('}');
  }
  template <typename Range, typename Write>
  void array(const Range& range, Write&& write) {
    begin('[');
    for (const auto& one : range) {
      comma();
      write(one);
    }
    end(']');
  }
  void key(std::string_view name) {
    comma();
    out_ += '"';
    out_ += name;
    out_ += "\":";
    first_ = true;  // no comma between a key and its value
  }

  void value(std::string_view text);
  void value(bool is) { out_ += is ? "true" : "false"; }
  void value(std::uint64_t number) { out_ += std::to_string(number); }
  void null() { out_ += "null"; }
  /// At most four digits behind the point, none of them in vain.
  void value(double number);

  template <typename T>
  void member(std::string_view name, const T& held) {
    key(name);
    if constexpr (std::is_convertible_v<const T&, std::string_view>) {
      value(std::string_view(held));
    } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      value(static_cast<std::uint64_t>(held));
    } else {
      value(held);
    }
    first_ = false;
  }
  void member(std::string_view name, const std::vector<std::string>& held) {
    key(name);
    array(held, [this](const std::string& one) { value(std::string_view(one)); });
  }
  template <typename T>
  void member(std::string_view name, const std::optional<T>& held) {
    if (held) return member(name, *held);
    key(name);
    null();
    first_ = false;
  }

 private:
  void begin(char bracket) {
    out_ += bracket;
    first_ = true;
  }
  void end(char bracket) {
    out_ += bracket;
    first_ = false;
  }
  void comma() {
    if (!first_) out_ += ',';
    first_ = false;
  }

  std::string out_;
  bool first_ = true;
};

}  // namespace carrel::search
