#include "query-server/answer_cache.h"

#include "tests/catch.h"

using namespace carrel::query_server;

namespace {

HttpResponse of_size(std::size_t bytes) {
  HttpResponse response;
  response.body.assign(bytes, 'x');
  return response;
}

}  // namespace

TEST_CASE("an answer is found at its revision only") {
  AnswerCache cache(1 << 20);
  CHECK_FALSE(cache.find("1", "a"));
  cache.keep("1", "a", of_size(10));
  REQUIRE(cache.find("1", "a"));
  CHECK(cache.find("1", "a")->body.size() == 10);
  CHECK_FALSE(cache.find("1", "b"));
  CHECK_FALSE(cache.find("2", "a"));
  cache.keep("2", "b", of_size(20));
  CHECK_FALSE(cache.find("1", "a"));
  CHECK(cache.find("2", "b"));
  CHECK(cache.counts().hits == 3);
  CHECK(cache.counts().misses == 4);
}

TEST_CASE("what was used last stays within the bound") {
  AnswerCache cache(10'000);
  for (const char* asked : {"a", "b", "c", "d"}) cache.keep("1", asked, of_size(1500));
  CHECK(cache.find("1", "a"));
  cache.keep("1", "e", of_size(1500));
  CHECK(cache.counts().bytes <= 10'000);
  CHECK(cache.find("1", "a"));
  CHECK_FALSE(cache.find("1", "b"));
  cache.keep("1", "huge", of_size(9000));
  CHECK_FALSE(cache.find("1", "huge"));
}

TEST_CASE("a cache of nothing keeps nothing") {
  AnswerCache cache(0);
  cache.keep("1", "a", of_size(1));
  CHECK_FALSE(cache.find("1", "a"));
  CHECK(cache.counts().bytes == 0);
}
