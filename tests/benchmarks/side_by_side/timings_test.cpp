#include "benchmarks/side_by_side/timings.h"

#include "tests/catch.h"

namespace carrel::benchmarks {
namespace {

TEST_CASE("Percentiles are durations that were measured") {
  Timings timings;
  for (int i = 100; i >= 1; --i) timings.add(i);
  CHECK(timings.count() == 100);
  CHECK(timings.mean() == 50.5);
  CHECK(timings.at(0.5) == 50);
  CHECK(timings.at(0.95) == 95);
  CHECK(timings.at(0.99) == 99);
  CHECK(timings.at(1) == 100);
  CHECK(timings.at(0) == 1);
}

TEST_CASE("Timings of nothing are nothing") {
  CHECK(Timings().mean() == 0);
  CHECK(Timings().at(0.95) == 0);
  CHECK(Timings().to_json() ==
        R"({"count":0,"mean":0.00000,"p50":0.00000,"p95":0.00000,"p99":0.00000,"most":0.00000})");
}

TEST_CASE("Timings of several threads are taken together") {
  Timings one, other;
  one.add(1);
  other.add(3);
  one.add_all(other);
  CHECK(one.count() == 2);
  CHECK(one.mean() == 2);
}

}  // namespace
}  // namespace carrel::benchmarks
