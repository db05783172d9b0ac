#include "indexer/extract/answer_codec.h"

#include "indexer/extract/worker_socket.h"
#include "tests/catch.h"

using namespace carrel::indexer;
using carrel::schema::FieldId;

namespace {

Extraction sample() {
  Extraction extraction;
  extraction.format = "html";
  extraction.noindex = true;
  extraction.pages.push_back(
      {.text = "One \u4eba", .label = "iv", .heading = "H", .anchor = "a", .language = "es-MX"});
  extraction.pages.push_back({.text = "", .seconds = 12.5});
  extraction.pages.push_back({.text = "Head\nBody\n3", .unindexed = {{0, 4}, {10, 11}}});
  extraction.pages.push_back({.text = "", .text_layer = TextLayer::unreadable});
  extraction.found.push_back({FieldId::title, "T", "<h1>"});
  extraction.warnings.push_back({"no-language", "It does not say"});
  extraction.links = {"guide.pdf", "https://lantern.example/"};
  return extraction;
}

}  // namespace

TEST_CASE("An answer comes back as it was sent") {
  const auto answer = decode_answer(encode_answer(sample()));
  REQUIRE(answer.has_value());
  REQUIRE(answer->has_value());
  const Extraction& got = **answer;
  CHECK(got.format == "html");
  CHECK(got.noindex);
  REQUIRE(got.pages.size() == 4);
  CHECK(got.pages[0].text == "One \u4eba");
  CHECK(got.pages[0].label == "iv");
  CHECK(got.pages[0].heading == "H");
  CHECK(got.pages[0].anchor == "a");
  CHECK_FALSE(got.pages[0].seconds.has_value());
  CHECK(got.pages[0].language == "es-MX");
  CHECK(got.pages[1].seconds == 12.5);
  CHECK(got.pages[1].language.empty());
  CHECK(got.pages[1].text_layer == TextLayer::text);
  CHECK(got.pages[2].unindexed == std::vector<carrel::schema::TextRange>{{0, 4}, {10, 11}});
  CHECK(got.pages[3].text_layer == TextLayer::unreadable);
  REQUIRE(got.found.size() == 1);
  CHECK(got.found[0].field == FieldId::title);
  CHECK(got.found[0].source == "<h1>");
  REQUIRE(got.warnings.size() == 1);
  CHECK(got.warnings[0].code == "no-language");
  CHECK(got.links == std::vector<std::string>{"guide.pdf", "https://lantern.example/"});
}

TEST_CASE("A failure comes back as it was sent") {
  const auto answer =
      decode_answer(encode_answer(std::unexpected(ExtractionFailure{"encrypted", "A password"})));
  REQUIRE(answer.has_value());
  REQUIRE_FALSE(answer->has_value());
  CHECK(answer->error().code == "encrypted");
  CHECK(answer->error().text == "A password");
}

TEST_CASE("Every answer that is cut short or has a tail is refused") {
  const std::string bytes = encode_answer(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(decode_answer(bytes.substr(0, size)).has_value());
  CHECK_FALSE(decode_answer(bytes + '\0').has_value());
}

TEST_CASE("No flipped byte of an answer is worse than a refusal") {
  const std::string bytes = encode_answer(sample());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const unsigned flip : {0x01U, 0x80U, 0xffU}) {
      std::string bad = bytes;
      bad[at] = static_cast<char>(static_cast<unsigned char>(bad[at]) ^ flip);
      const auto answer = decode_answer(bad);
      if (answer && *answer) CHECK((*answer)->pages.size() <= bad.size());
    }
  }
}

TEST_CASE("Answers with bad text, fields or codes are refused") {
  Extraction bad_text = sample();
  bad_text.pages[0].text = "\xff";
  CHECK_FALSE(decode_answer(encode_answer(bad_text)).has_value());
  Extraction bad_field = sample();
  bad_field.found[0].field = static_cast<FieldId>(200);
  CHECK_FALSE(decode_answer(encode_answer(bad_field)).has_value());
  Extraction bad_time = sample();
  bad_time.pages[1].seconds = -1;
  CHECK_FALSE(decode_answer(encode_answer(bad_time)).has_value());
  Extraction bad_range = sample();
  bad_range.pages[2].unindexed.back().end = 12;
  CHECK_FALSE(decode_answer(encode_answer(bad_range)).has_value());
  Extraction bad_layer = sample();
  bad_layer.pages[3].text_layer = static_cast<TextLayer>(3);
  CHECK_FALSE(decode_answer(encode_answer(bad_layer)).has_value());
  Extraction bad_format = sample();
  bad_format.format = "../x";
  CHECK_FALSE(decode_answer(encode_answer(bad_format)).has_value());
  CHECK_FALSE(decode_answer(encode_answer(std::unexpected(ExtractionFailure{"nonsense", ""}))).has_value());
}

TEST_CASE("Control characters of an answer become blanks, so that none reaches a terminal") {
  Extraction steering = sample();
  steering.pages[0].text = "one\ntwo\x1b[2J\tthree\u009b4\x7f";
  steering.found[0].value = "Title\x1b]0;x\x07\nof it";
  steering.warnings[0].text = "\x1b[31mred";
  const auto answer = decode_answer(encode_answer(steering));
  REQUIRE(answer.has_value());
  CHECK((*answer)->pages[0].text == "one\ntwo [2J three  4 ");
  CHECK((*answer)->found[0].value == "Title ]0;x  of it");
  CHECK((*answer)->warnings[0].text == " [31mred");
  const auto failed =
      decode_answer(encode_answer(std::unexpected(ExtractionFailure{"damaged", "what\x1b[0m"})));
  CHECK(failed->error().text == "what [0m");
}

TEST_CASE("Frames come off the stream whole, however they are cut") {
  std::string stream;
  for (const std::string& body : {std::string("abc"), std::string(), std::string(1000, 'x')}) {
    const std::uint32_t magic = 0x31575843;
    const std::uint32_t type = 3;
    const std::uint64_t length = body.size();
    stream.append(reinterpret_cast<const char*>(&magic), 4);
    stream.append(reinterpret_cast<const char*>(&type), 4);
    stream.append(reinterpret_cast<const char*>(&length), 8);
    stream.append(body);
  }
  FrameBuffer frames(5000);
  std::vector<std::size_t> sizes;
  for (const char byte : stream) {
    frames.append(&byte, 1);
    if (const auto frame = frames.next()) sizes.push_back(frame->body.size());
  }
  CHECK(sizes == std::vector<std::size_t>{3, 0, 1000});

  FrameBuffer small(2);
  small.append(stream.data(), stream.size());
  CHECK_FALSE(small.next().has_value());
  CHECK(small.too_long());
  FrameBuffer junk(5000);
  junk.append("this is not our protocol", 24);
  CHECK_FALSE(junk.next().has_value());
  CHECK(junk.broken());
}
