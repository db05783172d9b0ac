#include "query-server/byte_range.h"

#include "tests/catch.h"

using namespace carrel::query_server;

TEST_CASE("a Range field is read as one range of bytes, or not at all") {
  using enum RangeOutcome;
  struct {
    const char* field;
    std::uint64_t size;
    RangeOutcome outcome;
    std::uint64_t first;
    std::uint64_t length;
  } const rows[] = {
      {"bytes=0-99", 1000, part, 0, 100},
      {"bytes=900-", 1000, part, 900, 100},
      {"bytes=-100", 1000, part, 900, 100},
      {"bytes=-5000", 1000, part, 0, 1000},
      {"bytes=0-5000", 1000, part, 0, 1000},
      {"bytes=999-999", 1000, part, 999, 1},
      {"bytes=0-99999999999999999999999", 1000, part, 0, 1000},
      {"bytes=1000-", 1000, unsatisfiable, 0, 0},
      {"bytes=99999999999999999999999-", 1000, unsatisfiable, 0, 0},
      {"bytes=-0", 1000, unsatisfiable, 0, 0},
      {"bytes=0-", 0, unsatisfiable, 0, 0},
      {"bytes=5-2", 1000, whole, 0, 0},
      {"bytes=0-1,5-6", 1000, whole, 0, 0},
      {"bytes=", 1000, whole, 0, 0},
      {"bytes=-", 1000, whole, 0, 0},
      {"bytes=a-b", 1000, whole, 0, 0},
      {"bytes= 0-1", 1000, whole, 0, 0},
      {"lines=0-1", 1000, whole, 0, 0},
  };
  for (const auto& row : rows) {
    INFO(row.field);
    const auto reading = read_range(row.field, row.size);
    CHECK(reading.outcome == row.outcome);
    CHECK(reading.range.first == row.first);
    CHECK(reading.range.length == row.length);
  }
  CHECK(read_range(std::nullopt, 1000).outcome == whole);
}
