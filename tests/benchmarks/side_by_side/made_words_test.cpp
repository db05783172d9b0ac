#include "benchmarks/side_by_side/made_words.h"

#include <map>

#include "tests/catch.h"

namespace carrel::benchmarks {
namespace {

TEST_CASE("The same seed makes the same words on every machine") {
  SeededNumbers numbers(1);
  CHECK(numbers.next() == 0x910a2dec89025cc1ULL);  // the first number of SplitMix64 seeded with 1
  SeededNumbers one(7), other(7);
  for (int i = 0; i < 100; ++i) CHECK(made_word(one, 3) == made_word(other, 3));
}

TEST_CASE("Words of a running text are as unequal as those of a language") {
  SeededNumbers numbers(3);
  const MadeVocabulary vocabulary(numbers, 1000);
  std::map<std::string, int> counts;
  for (int i = 0; i < 50'000; ++i) ++counts[vocabulary.running_word(numbers)];
  // Of 50,000 words the first of Zipf's 1,000 makes 50,000 / H(1000) = 6,680, and the tenth a tenth of it.
  CHECK(counts[vocabulary.at(0)] > 6000);
  CHECK(counts[vocabulary.at(0)] < 7400);
  CHECK(counts[vocabulary.at(9)] > 500);
  CHECK(counts[vocabulary.at(9)] < 850);
  CHECK(counts.size() > 1050);  // some are new
}

}  // namespace
}  // namespace carrel::benchmarks
