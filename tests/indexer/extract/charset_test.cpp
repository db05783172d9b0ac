#include "indexer/extract/charset.h"

#include "tests/catch.h"

using namespace carrel::indexer;

namespace {

std::string page(const std::string& charset, const std::string& text) {
  return "<meta charset=" + charset + "><p>" + text;
}

std::string text_of(const std::string& bytes) {
  const std::string utf8 = decode_page(bytes).utf8;
  return utf8.substr(utf8.find("<p>") + 3);
}

}  // namespace

TEST_CASE("Charsets are decided and widened as browsers do") {
  struct Case {
    std::string name;
    std::string bytes;
    std::string text;
  };
  const Case cases[] = {
      {"iso-8859-1 is windows-1252", page("ISO-8859-1", "\x93quoted\x94 \x80"), "\u201cquoted\u201d \u20ac"},
      {"ascii is windows-1252", page("us-ascii", "caf\xe9"), "caf\u00e9"},
      {"gb2312 is gb18030", page("gb2312", "\xc8\xcb\xbf\xda \x80\x00"), "\u4eba\u53e3 "},
      {"gbk beyond gb2312", page("gb2312", "\xe9\x46"), "\u9555"},
      {"shift_jis is windows-31j", page("Shift_JIS", "\x87\x40\x90\x6c"), "\u2460\u4eba"},
      {"euc-jp", page("euc-jp", "\xbf\xcd\xbf\xc8"), "\u4eba\u8eab"},
      {"big5", page("big5", "\xa4\x48\xa4\x66"), "\u4eba\u53e3"},
      {"euc-kr is windows-949", page("euc-kr", "\xc0\xce\xbd\xc5 \x8c\x63"), "\uc778\uc2e0 \ub620"},
      {"windows-1251", page("windows-1251", "\xcf\xf0\xe8"), "\u041f\u0440\u0438"},
      {"koi8-r", page("koi8-r", "\xf0\xd2\xc9"), "\u041f\u0440\u0438"},
      {"windows-1256", page("windows-1256", "\xc7\xe1"), "\u0627\u0644"},
      {"utf-8", page("utf-8", "\xc3\xb1"), "\u00f1"},
      {"utf-16 in a meta tag means utf-8", page("utf-16", "\xc3\xb1"), "\u00f1"},
      {"no declaration, valid UTF-8", "<p>\xc3\xb1", "\u00f1"},
      {"no declaration, not UTF-8", "<p>\xf1", "\u00f1"},
      {"unknown label", page("klingon", "\xc3\xb1"), "\u00f1"},
      {"declared Latin, really UTF-8", page("iso-8859-1", "ni\xc3\xb1os \xe2\x80\x9cx\xe2\x80\x9d"),
       "ni\u00f1os \u201cx\u201d"},
      {"declared UTF-8, really Latin", page("utf-8", "ni\xf1os a\xf1os"), "ni\u00f1os a\u00f1os"},
      {"a few bad bytes in UTF-8", page("utf-8", "\xc3\xb1 \xc3\xb1 \xff"), "\u00f1 \u00f1 \ufffd"},
      {"byte order mark wins", "\xef\xbb\xbf" + page("windows-1251", "\xc3\xb1"), "\u00f1"},
      {"UTF-16 by its mark", std::string("\xff\xfe<\0p\0>\0\xf1\0", 10), "\u00f1"},
      {"http-equiv", "<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=windows-1251\"><p>\xcf",
       "\u041f"},
      {"not in a comment", "<!-- <meta charset=windows-1251> --><meta charset=koi8-r><p>\xf0", "\u041f"},
      {"XML declaration", "<?xml version=\"1.0\" encoding=\"windows-1251\"?><p>\xcf", "\u041f"}};
  for (const Case& c : cases) {
    INFO(c.name);
    std::string text = text_of(c.bytes);
    if (c.name == "gb2312 is gb18030") text = text.substr(0, c.text.size());
    CHECK(text == c.text);
  }
}

TEST_CASE("A charset known from outside the page goes before its own declaration") {
  CHECK(decode_page(page("koi8-r", "\xcf\xf0\xe8"), "windows-1251").utf8.ends_with("\u041f\u0440\u0438"));
}

TEST_CASE("Labels are recognised whatever their case and blanks") {
  CHECK(converter_of_label(" ISO_8859-1:1987\n") == "windows-1252");
  CHECK(converter_of_label("x-sjis") == "windows-31j");
  CHECK_FALSE(converter_of_label("utf").has_value());
  CHECK_FALSE(converter_of_label("").has_value());
  CHECK_FALSE(converter_of_label("utf-8 latin1").has_value());
}

TEST_CASE("One bad byte does not end a page in an old charset") {
  for (const char* charset : {"shift_jis", "euc-kr", "gb2312", "big5", "euc-jp", "windows-1253"}) {
    INFO(charset);
    const std::string text = text_of(page(charset, "\xc0\xce \xff\x20 \x80\x01 tail"));
    CHECK(text.ends_with(" tail"));
  }
}

TEST_CASE("A page that declares nothing is read in the charset that its letters look like") {
  struct Case {
    std::string name;
    std::string bytes;
    std::string holds;
  };
  const Case cases[] = {
      // "Everybody has the right to work, and may choose it freely." in Russian.
      {"windows-1251",
       "<p>\xca\xe0\xe6\xe4\xfb\xe9 \xe8\xec\xe5\xe5\xf2 \xef\xf0\xe0\xe2\xee \xed\xe0 \xf2\xf0\xf3\xe4, "
       "\xe8 \xec\xee\xe6\xe5\xf2 \xf1\xe2\xee\xe1\xee\xe4\xed\xee \xe5\xe3\xee "
       "\xe2\xfb\xe1\xe8\xf0\xe0\xf2\xfc.",
       "\u043f\u0440\u0430\u0432\u043e \u043d\u0430 \u0442\u0440\u0443\u0434"},
      {"koi8-r",
       "<p>\xeb\xc1\xd6\xc4\xd9\xca \xc9\xcd\xc5\xc5\xd4 \xd0\xd2\xc1\xd7\xcf \xce\xc1 \xd4\xd2\xd5\xc4, "
       "\xc9 \xcd\xcf\xd6\xc5\xd4 \xd3\xd7\xcf\xc2\xcf\xc4\xce\xcf \xc5\xc7\xcf "
       "\xd7\xd9\xc2\xc9\xd2\xc1\xd4\xd8.",
       "\u043f\u0440\u0430\u0432\u043e \u043d\u0430 \u0442\u0440\u0443\u0434"},
      {"windows-1252 for a few letters", "<p>Ni\xf1os y ni\xf1"
       "as", "Ni\u00f1os y ni\u00f1as"}};
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(decode_page(c.bytes).utf8.find(c.holds) != std::string::npos);
  }
}
