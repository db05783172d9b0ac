#include "indexer/extract/transcript.h"

#include "tests/catch.h"
#include "tests/indexer/extract/found_values.h"

using namespace carrel::indexer;
using carrel::schema::FieldId;

TEST_CASE("Transcripts are recognised by their content") {
  CHECK(looks_like_transcript("WEBVTT\n\n00:01.000 --> 00:02.000\nx"));
  CHECK(looks_like_transcript("\xef\xbb\xbfWEBVTT - Title"));
  CHECK(looks_like_transcript("1\r\n00:00:01,000 --> 00:00:02,000\r\nx"));
  CHECK(looks_like_transcript("\n\n00:01.000 --> 00:02.000\nx"));
  CHECK_FALSE(looks_like_transcript("WEBVTTX"));
  CHECK_FALSE(looks_like_transcript("1\n2\n00:00:01,000 --> 00:00:02,000"));
  CHECK_FALSE(looks_like_transcript("a --> b"));
}

TEST_CASE("Notes, styles and markup of WebVTT are left out, speakers stay") {
  const Answer answer = read_transcript(
      "WEBVTT - Knowing the signs\nLanguage: en\n\nNOTE made by hand\nover two lines\n\nSTYLE\n::cue { "
      "color: red }\n\n"
      "REGION\nid:a\n\nintro\n00:01.500 --> 00:04.000 align:start\n<v Ana Ruiz>Welcome &amp; <i>thank "
      "you</i>.\n\n"
      "2\n00:00:05.000 --> 00:00:07.000\n<v Ana Ruiz>Who is <c.loud>there</c>?\n\n"
      "00:08.000 --> 00:09.000\n<v.first Ben>A survivor\nspeaks 3 < 4.\n");
  REQUIRE(answer.has_value());
  CHECK(answer->format == "transcript");
  REQUIRE(answer->pages.size() == 1);
  CHECK(answer->pages[0].text ==
        "Ana Ruiz: Welcome & thank you. Who is there?\nBen: A survivor speaks 3 < 4.");
  CHECK(answer->pages[0].seconds == 1.5);
  CHECK(carrel::tests::value(*answer, FieldId::title) == "Knowing the signs");
  CHECK(carrel::tests::value(*answer, FieldId::language) == "en");
}

TEST_CASE("Cues are gathered into stretches of about a minute") {
  std::string vtt = "WEBVTT\n";
  for (int i = 0; i < 40; ++i) {
    const int at = i * 10;
    const std::string seconds = std::to_string(at % 60);
    vtt += "\n0" + std::to_string(at / 60) + ":" + (seconds.size() < 2 ? "0" : "") + seconds +
           ".000 --> 09:00.000\nSentence number " + std::to_string(i) + ".\n";
  }
  const Answer answer = read_transcript(vtt);
  REQUIRE(answer.has_value());
  REQUIRE(answer->pages.size() == 7);
  CHECK(answer->pages[1].seconds == 60.0);
  CHECK(answer->pages[6].seconds == 360.0);
  CHECK(answer->pages[0].text.ends_with("Sentence number 5."));
  CHECK(answer->pages[6].text.ends_with("Sentence number 39."));
}

TEST_CASE("SubRip with bad bytes, a byte order mark and hours is read") {
  const Answer answer = read_transcript(
      "\xef\xbb\xbf"
      "1\r\n01:02:03,450 --> 01:02:05,000\r\n{\\an8}<b>La</b> se\xf1"
      "al\r\n\r\n2\r\n01:02:06,000 --> 01:02:07,000\r\nfin\r\n");
  REQUIRE(answer.has_value());
  REQUIRE(answer->pages.size() == 1);
  CHECK(answer->pages[0].seconds == 3723.45);
  CHECK(answer->pages[0].text.starts_with("La se"));
  CHECK(answer->pages[0].text.ends_with("al fin"));
}

TEST_CASE("Rolling captions are not repeated") {
  const Answer answer = read_transcript(
      "WEBVTT\n\n00:01.000 --> 00:02.000\nthe same line\n\n00:02.000 --> 00:03.000\nthe same line\n\n"
      "00:03.000 --> 00:04.000\nanother\n");
  REQUIRE(answer.has_value());
  CHECK(answer->pages[0].text == "the same line another");
}

TEST_CASE("A transcript without cues is damaged") {
  const Answer answer = read_transcript("WEBVTT\n\nNOTE nothing here\n");
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().code == "damaged");
}
