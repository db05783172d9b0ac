#include "search/schema/compression.h"

#include <string>
#include <thread>
#include <vector>

#include "tests/catch.h"

namespace carrel::schema {
namespace {

std::string long_text() {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "debt bondage " + std::to_string(i) + "\n";
  return text;
}

TEST_CASE("What is compressed comes back as it was") {
  for (const std::string& text : {std::string(), std::string("a"), std::string("\0\xff\n", 3), long_text()}) {
    for (const Packing packing : {Packing::small, Packing::quick}) {
      CHECK(decompress(compress(text, packing), text.size()) == text);
    }
  }
  CHECK(compress(long_text(), Packing::small).size() < long_text().size() / 4);
}

TEST_CASE("Damage in compressed bytes does not spoil what is read after it") {
  const std::string packed = compress(long_text(), Packing::small);
  CHECK_FALSE(decompress("", 100));
  CHECK_FALSE(decompress("no frame at all", 100));
  for (std::size_t cut = 1; cut < packed.size(); cut += 97) {
    CHECK_FALSE(decompress(std::string_view(packed).substr(0, packed.size() - cut), 1 << 20));
    REQUIRE(decompress(packed, 1 << 20) == long_text());
  }
}

TEST_CASE("More bytes than are allowed are not unpacked") {
  const std::string packed = compress(std::string(1000, 'x'), Packing::quick);
  CHECK(decompress(packed, 1000));
  CHECK_FALSE(decompress(packed, 999));
}

TEST_CASE("Threads compress side by side") {
  std::vector<std::string> results(4);
  {
    std::vector<std::jthread> threads;
    for (std::string& result : results) {
      threads.emplace_back([&result] {
        for (int i = 0; i < 20; ++i)
          result = decompress(compress(long_text(), Packing::quick), 1 << 20).value_or("");
      });
    }
  }
  for (const std::string& result : results) CHECK(result == long_text());
}

}  // namespace
}  // namespace carrel::schema
