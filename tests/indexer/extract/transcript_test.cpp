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

TEST_CASE("Captions that roll word by word say everything once") {
  const Answer answer = read_transcript(
      "WEBVTT\nKind: captions\nLanguage: en\n\n"
      "00:00:00.160 --> 00:00:02.070 align:start position:0%\n \nwelcome<00:00:00.480><c> "
      "to</c><00:00:00.640><c> the</c>\n\n"
      "00:00:02.070 --> 00:00:02.080 align:start position:0%\nwelcome to the\n \n\n"
      "00:00:02.080 --> 00:00:04.000 align:start position:0%\nwelcome to the\ntraining<00:00:02.500><c> "
      "for</c>\n\n"
      "00:00:04.000 --> 00:00:04.010\ntraining for\n \n\n"
      "00:00:04.010 --> 00:00:06.000\ntraining for\nadvocates\n\n"
      "00:00:09.000 --> 00:00:10.000\nadvocates\n");
  REQUIRE(answer.has_value());
  CHECK(answer->pages[0].text == "welcome to the training for advocates advocates");
  const Answer growing = read_transcript(
      "WEBVTT\n\n00:01.000 --> 00:01.500\nA\n\n00:01.500 --> 00:02.000\nA safe\n\n00:02.000 --> 00:03.000\nA "
      "safe house\n");
  REQUIRE(growing.has_value());
  CHECK(growing->pages[0].text == "A safe house");
}

TEST_CASE("Turns of unnamed speakers begin paragraphs, references and odd tags are resolved") {
  const Answer answer = read_transcript(
      "1\n00:00:01,000 --> 00:00:02,000\n&gt;&gt; Who called&#63;\n\n2\n00:00:02,000 --> 00:00:03,000\n"
      ">>> DR. RUIZ: I did &amp; <font color=\"#fff\">she</font> <3 me<br>2 < 3 & 5 > 4\n");
  REQUIRE(answer.has_value());
  CHECK(answer->pages[0].text == "Who called?\nDR. RUIZ: I did & she <3 me 2 < 3 & 5 > 4");
}

TEST_CASE("Times as people mistype them are read, blank lines and disorder do no harm") {
  const Answer answer = read_transcript(
      "1\n00:00:05:500 --> 00:00:06:000\nsecond\n\nstill second\n\n2\n0:0:1,2 -> 00:00:02\nfirst\n3\n"
      "00:00:09.000-->\nthird\n4\nnonsense --> 1\n");
  REQUIRE(answer.has_value());
  REQUIRE(answer->pages.size() == 1);
  CHECK(answer->pages[0].seconds == 1.2);
  CHECK(answer->pages[0].text.starts_with("first second still second third"));
}

TEST_CASE("The charset of SubRip is found by its bytes") {
  const Answer answer = read_transcript(
      "1\n00:00:01,000 --> 00:00:04,000\n\xcf\xee\xec\xee\xf9\xfc \xe1\xe5\xf1\xef\xeb\xe0\xf2\xed\xe0 "
      "\xe8 \xea\xee\xed\xf4\xe8\xe4\xe5\xed\xf6\xe8\xe0\xeb\xfc\xed\xe0\n");
  REQUIRE(answer.has_value());
  CHECK(answer->pages[0].text == "Помощь бесплатна и конфиденциальна");
}
