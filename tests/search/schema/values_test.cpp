#include "search/schema/values.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "tests/catch.h"

namespace carrel::schema {
namespace {

constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();

std::vector<std::uint64_t> interesting_numbers() {
  std::vector<std::uint64_t> numbers = {0, kLargest};
  for (int bit = 0; bit < 64; ++bit) {
    const std::uint64_t power = std::uint64_t{1} << bit;
    numbers.insert(numbers.end(), {power - 1, power, power + 1});
  }
  std::mt19937_64 random(1);
  for (int i = 0; i < 200; ++i) numbers.push_back(random() >> (random() % 64));
  std::ranges::sort(numbers);
  numbers.erase(std::ranges::unique(numbers).begin(), numbers.end());
  return numbers;
}

TEST_CASE("Numbers compare as bytes the way they compare as numbers") {
  const auto numbers = interesting_numbers();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    CAPTURE(numbers[i]);
    CHECK(read_number(number_value(numbers[i])) == numbers[i]);
    CHECK(number_value(numbers[i]).size() <= 9);
    if (i > 0) CHECK(number_value(numbers[i - 1]) < number_value(numbers[i]));
  }
}

TEST_CASE("A value that is no number reads as 0") {
  using namespace std::string_literals;
  for (const std::string& bytes : {""s, "\x02\x01"s, "\x00\x07"s, "\x01"s, "\x01\x02\x03"s, "123456789"s,
                                   "\x09"s + std::string(9, '\x01')}) {
    CAPTURE(bytes);
    CHECK(read_number(bytes) == 0);
  }
}

TEST_CASE("Numbers of seven bits a byte come back") {
  for (const std::uint64_t number : interesting_numbers()) {
    CAPTURE(number);
    std::string bytes;
    append_varint(bytes, number);
    CHECK(bytes.size() <= 10);
    bytes += "rest";
    std::string_view in = bytes;
    std::uint64_t read = 1;
    REQUIRE(take_varint(in, read));
    CHECK(read == number);
    CHECK(in == "rest");
  }
}

TEST_CASE("A number that ends too early or is too long is refused") {
  std::string truncated;
  append_varint(truncated, kLargest);
  for (std::size_t size = 0; size < truncated.size(); ++size) {
    std::string_view in = std::string_view(truncated).substr(0, size);
    std::uint64_t number = 0;
    CHECK_FALSE(take_varint(in, number));
  }
  const std::string beyond = std::string(9, '\xff') + '\x02';  // bit 64
  std::string_view in = beyond;
  std::uint64_t number = 0;
  CHECK_FALSE(take_varint(in, number));
}

TEST_CASE("Bytes with a length come back, and a length beyond the end is refused") {
  std::string out;
  append_bytes(out, "first");
  append_bytes(out, "");
  append_bytes(out, std::string(300, 'x'));
  std::string_view in = out;
  std::string_view bytes;
  REQUIRE(take_bytes(in, bytes));
  CHECK(bytes == "first");
  REQUIRE(take_bytes(in, bytes));
  CHECK(bytes.empty());
  REQUIRE(take_bytes(in, bytes));
  CHECK(bytes == std::string(300, 'x'));
  CHECK(in.empty());
  CHECK_FALSE(take_bytes(in, bytes));

  std::string_view short_of_one = std::string_view(out).substr(0, 5);
  CHECK_FALSE(take_bytes(short_of_one, bytes));
}

TEST_CASE("Several values share one slot, whatever they contain") {
  using namespace std::string_literals;
  const std::vector<std::vector<std::string>> rows = {{},
                                                      {""},
                                                      {"housing"},
                                                      {"housing", "legal services"},
                                                      {"a;b", "c\0d"s, "人口"},
                                                      {std::string(1000, 'y'), ""}};
  for (const auto& row : rows) {
    const std::string value = many_value(row);
    const auto views = split_many(value);
    CHECK(std::vector<std::string>(views.begin(), views.end()) == row);
  }
}

TEST_CASE("A number of some bytes is written with the lowest first and read again") {
  std::string out = "x";
  append_little_endian(out, 0x0102030405, 5);
  CHECK(out == "x\5\4\3\2\1");
  CHECK(read_little_endian(std::string_view(out).substr(1)) == 0x0102030405);
  out.clear();
  append_little_endian(out, 0xabcdef, 2);
  CHECK(read_little_endian(out) == 0xcdef);
  CHECK(read_little_endian("") == 0);
}

TEST_CASE("Of a damaged value the sound beginning is read") {
  const std::vector<std::string> values = {"housing", "legal services"};
  const std::string value = many_value(values);
  const auto views = split_many(std::string_view(value).substr(0, value.size() - 1));
  REQUIRE(views.size() == 1);
  CHECK(views[0] == "housing");
}

}  // namespace
}  // namespace carrel::schema
