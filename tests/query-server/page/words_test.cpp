#include "query-server/page/words.h"

#include "tests/catch.h"

using namespace carrel::query_server::page;

TEST_CASE("dates keep their precision in words") {
  const Messages& messages = Messages::of("en");
  CHECK(messages.date("2020-04-28") == "April 28, 2020");
  CHECK(messages.date("2020-04-08") == "April 8, 2020");
  CHECK(messages.date("2020-04") == "April 2020");
  CHECK(messages.date("2020") == "2020");
  CHECK(messages.date("") == "");
  CHECK(messages.date("2020-13-01") == "2020-13-01");
  CHECK(messages.date("in spring") == "in spring");
  CHECK(Messages::of("es").date("2020-04-28") == "28 de abril de 2020");
  CHECK(Messages::of("es").date("2020-04") == "abril de 2020");
  CHECK(Messages::of("ar").date("2020-04") == "أبريل ٢٠٢٠");
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

TEST_CASE("texts are shortened between words and never inside a character") {
  CHECK(shortened("short", 10) == "short");
  CHECK(shortened("some words here", 12) == "some words…");
  CHECK(shortened("ñññññ", 5) == "ññ…");
}

TEST_CASE("values are named in the language of the page") {
  using carrel::schema::FieldId;
  const carrel::search::Answer none;
  CHECK(value_label(none, FieldId::topic, "labor trafficking", "es") == "Trata laboral");
  CHECK(value_label(none, FieldId::topic, "Labor Trafficking", "es") == "Trata laboral");
  CHECK(value_label(none, FieldId::topic, "labor trafficking", "en") == "Labor trafficking");
  CHECK(value_label(none, FieldId::topic, "something new", "es") == "Something new");
  CHECK(value_label(none, FieldId::format, "html", "es") == "Página web");
  CHECK(value_label(none, FieldId::language, "vi", "es") == "Vietnamita");
}
