#include "indexer/fetch/http_date.h"

#include "tests/catch.h"

using carrel::indexer::parse_http_date;

TEST_CASE("A date of HTTP is a moment, anything else is none") {
  CHECK(parse_http_date("Tue, 15 Nov 1994 12:45:26 GMT") == 784903526);
  CHECK(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT") == 0);
  for (const char* text : {"", "yesterday", "Tue, 15 Nov 1994 12:45:26 CET", "Tue, 31 Feb 1994 12:45:26 GMT",
                           "Tue, 15 Foo 1994 12:45:26 GMT", "Tue, 15 Nov 1994 25:45:26 GMT",
                           "Tue, -5 Nov 1994 12:45:26 GMT", "1994-11-15T12:45:26Z"}) {
    INFO(text);
    CHECK_FALSE(parse_http_date(text));
  }
}
