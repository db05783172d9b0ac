#include "search/schema/utf8.h"

#include "tests/catch.h"

using namespace carrel::schema;

TEST_CASE("Ill-formed UTF-8 is told from well-formed") {
  struct Case {
    std::string bytes;
    bool valid;
  };
  const Case cases[] = {{"", true},
                        {"plain words of more than eight bytes", true},
                        {"ni\u00f1os \u4e2d\u6587 \U0001f600", true},
                        {"\xc0\xaf", false},          // overlong
                        {"\xed\xa0\x80", false},      // surrogate
                        {"\xf4\x90\x80\x80", false},  // beyond U+10FFFF
                        {"\xe4\xb8", false},          // cut short
                        {"abc\x80", false}};
  for (const Case& c : cases) CHECK(is_valid_utf8(c.bytes) == c.valid);
}

TEST_CASE("Each ill-formed part of UTF-8 becomes one replacement character") {
  CHECK(repair_utf8("a\xff"
                    "b") == "a\ufffdb");
  CHECK(repair_utf8("\xe4\xb8|") == "\ufffd|");
  CHECK(repair_utf8("\xed\xa0\x80") == "\ufffd\ufffd\ufffd");
  CHECK(repair_utf8("ok") == "ok");
}

TEST_CASE("Text is never cut inside a character") {
  CHECK(cut_utf8("a\u00f1b", 2) == "a");
  CHECK(cut_utf8("a\u00f1b", 3) == "a\u00f1");
  CHECK(cut_utf8("abc", 9) == "abc");
}

TEST_CASE("Code points are read as they were written") {
  for (const char32_t code : {U'a', U'\u00f1', U'\u4e2d', U'\U0001f600'}) {
    std::string text;
    append_utf8(text, code);
    std::size_t at = 0;
    CHECK(next_code_point(text, at) == code);
    CHECK(at == text.size());
  }
}
