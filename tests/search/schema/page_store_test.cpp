#include "search/schema/page_store.h"

#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/catch.h"

namespace carrel::schema {
namespace {

std::string prose(std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += "A right that nobody explains is a right that nobody has. ";
  return text;
}

TEST_CASE("A page comes back as it was stored") {
  using namespace std::string_literals;
  const std::vector<PageEntry> pages = {
      {},
      {.label = "iv",
       .heading = "Foreword",
       .anchor = "",
       .seconds = std::nullopt,
       .language = "",
       .text = "Short."},
      {.label = "",
       .heading = "Rights",
       .anchor = "rights",
       .seconds = std::nullopt,
       .language = "",
       .text = prose(20'000)},
      {.label = "",
       .heading = "",
       .anchor = "",
       .seconds = 754.25,
       .language = "zh-Hant",
       .text = "00:12:34 words"},
      {.label = "", .heading = "", .anchor = "", .seconds = 0.0, .language = "", .text = "the very start"},
      {.label = "A-3",
       .heading = "línea\nrota",
       .anchor = "人",
       .seconds = 0.001,
       .language = "",
       .text = "zero \0 byte"s},
      {.label = "",
       .heading = "",
       .anchor = "",
       .seconds = std::nullopt,
       .language = "",
       .text = "Head\ntext\nñ 3",
       .unindexed = {{0, 4}, {10, 14}}},
  };
  for (const PageEntry& page : pages) {
    const auto read = decode_page(encode_page(page));
    REQUIRE(read.has_value());
    CHECK(*read == page);
  }
}

TEST_CASE("Prose is stored compressed, and noise never grows by more than its frame") {
  PageEntry page;
  page.text = prose(10'000);
  CHECK(encode_page(page).size() < 1000);
  std::mt19937 random(3);
  page.text.clear();
  for (int i = 0; i < 1000; ++i) page.text += static_cast<char>(random());
  CHECK(encode_page(page).size() <= page.text.size() + 7);
}

TEST_CASE("Bytes that are no page are an error, never a crash") {
  for (const std::string_view bytes : {"", "\x02", "\x01", "\x01zstd?", "plain text"}) {
    CAPTURE(bytes);
    const auto read = decode_page(bytes);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().kind == ErrorKind::damaged);
    CHECK_FALSE(read.error().hint.empty());
  }
  PageEntry page;
  page.heading = "Rights";
  page.seconds = 12.5;
  page.text = prose(3000);
  const std::string sound = encode_page(page);
  for (std::size_t size = 0; size < sound.size(); ++size) {
    CHECK_FALSE(decode_page(std::string_view(sound).substr(0, size)).has_value());
  }
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    std::string noise = sound;
    noise[random() % noise.size()] = static_cast<char>(random());
    decode_page(noise);  // any answer will do; sanitizers watch
  }
}

TEST_CASE("A time that is no number is damage") {
  using namespace std::string_literals;
  for (const std::string& seconds : {"nan"s, "inf"s, "12x"s, "x"s}) {
    CAPTURE(seconds);
    const std::string bytes = "\0\0\0\0"s + static_cast<char>(seconds.size()) + seconds + "\0\0text"s;
    CHECK_FALSE(decode_page(bytes).has_value());
  }
  CHECK(decode_page("\0\0\0\0\x02"s
                    "12\0\0text"s)
            .value()
            .seconds == 12.0);
}

TEST_CASE("Ranges that do not fit the text are damage") {
  using namespace std::string_literals;
  for (const std::string& ranges : {"\0\x05"s, "\x05\x01"s, "\0\0"s, "\0\x01\0\x01"s, "\x01"s, "\x80"s}) {
    CAPTURE(ranges);
    CHECK_FALSE(
        decode_page("\0\0\0\0\0\0"s + static_cast<char>(ranges.size()) + ranges + "text").has_value());
  }
}

TEST_CASE("Keys of pages are short and never meet") {
  std::set<std::string> keys;
  for (const std::string& id :
       {std::string("a"), std::string("A"), std::string("a/1"), std::string(5000, 'z')}) {
    for (const std::uint32_t number : {1U, 2U, 11U, 4'000'000'000U}) {
      const std::string key = page_key(id, number);
      CHECK(key.size() <= 245);
      CHECK(key == page_key(id, number));
      keys.insert(key);
    }
  }
  CHECK(keys.size() == 16);
}

TEST_CASE("A link leads to the place, however it is told") {
  const PageEntry plain;
  PageEntry section;
  section.anchor = "your-rights";
  PageEntry odd;
  odd.anchor = "a b\"<ñ";
  PageEntry cue;
  cue.seconds = 754.9;
  CHECK(locator_fragment("pdf", 12, plain) == "#page=12");
  CHECK(locator_fragment("html", 3, plain).empty());
  CHECK(locator_fragment("pdf", 0, plain).empty());
  CHECK(locator_fragment("html", 3, section) == "#your-rights");
  CHECK(locator_fragment("html", 3, odd) == "#a%20b%22%3C%C3%B1");
  CHECK(locator_fragment("transcript", 5, cue) == "#t=754");
}

}  // namespace
}  // namespace carrel::schema
