#include "query-server/http_date.h"

#include "tests/catch.h"

using namespace carrel::query_server;

TEST_CASE("a date is read in the three forms that HTTP has had, and written in the first") {
  constexpr std::time_t kThen = 784111777;
  CHECK(http_date(kThen) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == kThen);
  CHECK(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT") == kThen);
  CHECK(parse_http_date("Sun Nov  6 08:49:37 1994") == kThen);
  for (const char* text : {"", "yesterday", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "784111777",
                           "1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 25:49:37 GMT"}) {
    INFO(text);
    CHECK_FALSE(parse_http_date(text));
  }
}
