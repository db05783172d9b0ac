#include "indexer/fetch/gunzip.h"

#include "tests/catch.h"
#include "tests/indexer/fetch/gzip.h"

using namespace carrel::indexer;
using carrel::tests::gzip;

TEST_CASE("Packed bytes come out as they went in, member after member") {
  const std::string packed = gzip("one ") + gzip("two");
  CHECK(is_gzip(packed));
  CHECK(gunzip(packed, 100) == std::string("one two"));
  CHECK(gunzip(gzip(""), 100) == std::string());
  CHECK_FALSE(is_gzip("plain"));
}

TEST_CASE("Damaged bytes and those that unpack to too much are refused") {
  CHECK(gunzip(gzip(std::string(5'000'000, 'a')), 1'000'000).error() == "unpacks to more than 1 MB");
  const std::string packed = gzip("some text to be packed and then cut");
  CHECK(gunzip(packed.substr(0, packed.size() - 9), 100).error() == "is damaged");
  CHECK(gunzip(packed + "rest", 100).error() == "is damaged");
  CHECK(gunzip("\x1f\x8bnothing", 100).error() == "is damaged");
}
