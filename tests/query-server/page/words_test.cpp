#include "query-server/page/words.h"

#include "tests/catch.h"

using namespace carrel::query_server::page;

TEST_CASE("dates keep their precision in words") {
  const Messages& messages = Messages::of("en");
  CHECK(date_in_words(messages, "2020-04-28") == "April 28, 2020");
  CHECK(date_in_words(messages, "2020-04-08") == "April 8, 2020");
  CHECK(date_in_words(messages, "2020-04") == "April 2020");
  CHECK(date_in_words(messages, "2020") == "2020");
  CHECK(date_in_words(messages, "") == "");
  CHECK(date_in_words(messages, "2020-13-01") == "2020-13-01");
  CHECK(date_in_words(messages, "in spring") == "in spring");
}

TEST_CASE("sizes, times and numbers are short") {
  const Messages& messages = Messages::of("en");
  CHECK(size_in_words(messages, 0) == "");
  CHECK(size_in_words(messages, 12) == "1 kB");
  CHECK(size_in_words(messages, 239'800) == "240 kB");
  CHECK(size_in_words(messages, 2'140'000) == "2.1 MB");
  CHECK(size_in_words(messages, 21'400'000) == "21 MB");
  CHECK(time_in_words(754.9) == "12:34");
  CHECK(time_in_words(3754) == "1:02:34");
  CHECK(time_in_words(5) == "0:05");
  CHECK(messages.number(0) == "0");
  CHECK(messages.number(999) == "999");
  CHECK(messages.number(1234567) == "1,234,567");
  CHECK(messages.count("pages", 1) == "1 page");
  CHECK(messages.count("pages", 1000) == "1,000 pages");
}

TEST_CASE("languages are named in any language") {
  CHECK(language_name("es", "en") == "Spanish");
  CHECK(language_name("es", "es") == "Español");
  CHECK(language_name("vi", "vi") == "Tiếng Việt");
  CHECK(language_name("not a tag", "en") == "not a tag");
  CHECK(language_name("", "en") == "");
}

TEST_CASE("what fills a gap is taken as it is") {
  const Messages messages("# a comment\n\nhello = Hello {name}, {other}{unclosed\n");
  CHECK(messages.text("hello", {{"name", "{other}"}, {"other", "x"}}) == "Hello {other}, x{unclosed");
  CHECK_THROWS(messages.text("missing"));
  CHECK(messages.text_or("missing", "instead") == "instead");
}

TEST_CASE("texts are shortened between words and never inside a character") {
  CHECK(shortened("short", 10) == "short");
  CHECK(shortened("some words here", 12) == "some words…");
  CHECK(shortened("ñññññ", 5) == "ññ…");
}
