// Value slots: what a resource's facets, numbers and dates look like inside Xapian.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace carrel::schema {

/// Several strings as one value: each with its length in front.
std::string many_value(std::span<const std::string> values);

/// The strings of a value made by many_value; views into `value`. Stops at the first malformed length.
std::vector<std::string_view> split_many(std::string_view value);

/// A number as bytes that compare as the numbers do.
std::string number_value(std::uint64_t number);

/// The number of a value made by number_value; 0 for an empty or malformed one.
std::uint64_t read_number(std::string_view value);

/// Appends the lowest `bytes` bytes of `number`, the lowest first; reads such a number of all of `in`.
void append_little_endian(std::string& out, std::uint64_t number, std::size_t bytes);
std::uint64_t read_little_endian(std::string_view in);

/// Appends `number` to `out`, seven bits a byte, lowest first (LEB128).
void append_varint(std::string& out, std::uint64_t number);

/// Reads a number written by append_varint and removes it from `in`; false when `in` is malformed.
bool take_varint(std::string_view& in, std::uint64_t& number);

/// Appends a length and the bytes; takes them again. False when `in` is malformed.
void append_bytes(std::string& out, std::string_view bytes);
bool take_bytes(std::string_view& in, std::string_view& bytes);

}  // namespace carrel::schema
