#include "search/schema/values.h"

namespace carrel::schema {

void append_little_endian(std::string& out, std::uint64_t number, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i) & 0xff);
}

std::uint64_t read_little_endian(std::string_view in) {
  std::uint64_t number = 0;
  for (std::size_t i = in.size(); i > 0; --i) number = number << 8 | static_cast<unsigned char>(in[i - 1]);
  return number;
}

void append_varint(std::string& out, std::uint64_t number) {
  while (number >= 0x80) {
    out += static_cast<char>((number & 0x7f) | 0x80);
    number >>= 7;
  }
  out += static_cast<char>(number);
}

bool take_varint(std::string_view& in, std::uint64_t& number) {
  number = 0;
  for (unsigned shift = 0; shift < 64 && !in.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    if (shift == 63 && byte > 1) return false;
    number |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

void append_bytes(std::string& out, std::string_view bytes) {
  append_varint(out, bytes.size());
  out += bytes;
}

bool take_bytes(std::string_view& in, std::string_view& bytes) {
  std::uint64_t size = 0;
  if (!take_varint(in, size) || size > in.size()) return false;
  bytes = in.substr(0, size);
  in.remove_prefix(size);
  return true;
}

std::string many_value(std::span<const std::string> values) {
  std::string out;
  for (const std::string& value : values) append_bytes(out, value);
  return out;
}

std::vector<std::string_view> split_many(std::string_view value) {
  std::vector<std::string_view> out;
  for (std::string_view one; !value.empty() && take_bytes(value, one);) out.push_back(one);
  return out;
}

std::string number_value(std::uint64_t number) {
  std::string digits;
  for (; number > 0; number >>= 8) digits.insert(digits.begin(), static_cast<char>(number & 0xff));
  return static_cast<char>(digits.size()) + digits;
}

std::uint64_t read_number(std::string_view value) {
  if (value.empty() || value.size() > 9 || value.size() != static_cast<unsigned char>(value.front()) + 1U)
    return 0;
  std::uint64_t number = 0;
  for (const char c : value.substr(1)) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

}  // namespace carrel::schema
