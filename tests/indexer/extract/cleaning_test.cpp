#include "indexer/extract/cleaning.h"

#include "tests/catch.h"

using namespace carrel::indexer;

namespace {

std::string clean_print(std::string page) {
  std::vector<std::string> pages{std::move(page)};
  clean_pages(pages, LineEnds::lines);
  return pages.front();
}

}  // namespace

TEST_CASE("Characters are cleaned") {
  struct Case {
    std::string name;
    std::string raw;
    std::string clean;
  };
  const Case cases[] = {
      {"plain text stays", "Plain text, 100 %.", "Plain text, 100 %."},
      {"ligatures are opened", "\ufb01nancial o\ufb03ce a\ufb00air \ufb02ow", "financial office affair flow"},
      {"soft hyphens go", "traf\u00adficking", "trafficking"},
      {"zero-width characters go", "a\u200bb\ufeffc\u2060d", "abcd"},
      {"joiners of Persian stay", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
       "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"},
      {"joiners in Latin go", "a\u200db", "ab"},
      {"direction marks go", "\u202bab\u202c", "ab"},
      {"all kinds of blanks are one blank", "a\u00a0\u2003 \tb", "a b"},
      {"private use is a blank", "\uf0b7 item", "item"},
      {"controls go", std::string("a\x01") + "b\x7f", "ab"},
      {"NFC", "nin\u0303os", "ni\u00f1os"},
      {"NFC beyond the fast path", "e\u0301te\u0301 \u0416", "\u00e9t\u00e9 \u0416"},
      {"bad bytes are marked", "caf\xe9 x", "caf\ufffd x"},
      {"runs of bad bytes are marked once",
       "a\xff\xfe\xff"
       "b",
       "a\ufffdb"},
      {"paragraphs stay apart", "one\n\n\n two \nthree", "one\ntwo\nthree"},
      {"line ends of all kinds", "a\r\nb\rc\u2028d", "a\nb\nc\nd"},
      {"nothing but blanks", " \n \t ", ""}};
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(clean_text(c.raw) == c.clean);
  }
}

TEST_CASE("A value of one line holds no line end") {
  CHECK(clean_line(" A\n title \n") == "A title");
}

TEST_CASE("Lines of print become paragraphs") {
  CHECK(clean_print("one line\ngoes on\n\nnext") == "one line goes on\nnext");
  CHECK(clean_print("\u4eba\u53e3\n\u8d29\u8fd0") == "\u4eba\u53e3\u8d29\u8fd0");
  CHECK(clean_print("\uc778\uc2e0\n\ub9e4\ub9e4") == "\uc778\uc2e0 \ub9e4\ub9e4");
}

TEST_CASE("Hyphens at line ends are decided by the words of the document") {
  struct Case {
    std::string name;
    std::string raw;
    std::string clean;
  };
  const Case cases[] = {
      {"unknown halves are joined", "human traf-\nficking victims", "human trafficking victims"},
      {"the joined word occurs", "under-\nstand what they understand, under the stand",
       "understand what they understand, under the stand"},
      {"the hyphenated form occurs", "trauma-\ninformed care. Be trauma-informed.",
       "trauma-informed care. Be trauma-informed."},
      {"both halves are words", "survivor-\ncentered care puts the survivor first, centered on needs",
       "survivor-centered care puts the survivor first, centered on needs"},
      {"one half is a word", "the non-\nprofit makes a profit", "the nonprofit makes a profit"},
      {"before a capital", "Anti-\nTrafficking", "Anti-Trafficking"},
      {"all in capitals", "TRAF-\nFICKING", "TRAFFICKING"},
      {"beside digits", "COVID-\n19 and 2019-\n2020", "COVID-19 and 2019-2020"},
      {"after a single letter", "a T-\nvisa or e-\nmail", "a T-visa or e-mail"},
      {"soft hyphen", "traf\u00ad\nficking", "trafficking"},
      {"other hyphen", "traf\u2010\nficking", "trafficking"},
      {"a dash is no hyphen", "a pause -\nthen more", "a pause - then more"},
      {"accents", "traba-\njadores ni-\n\u00f1os", "trabajadores ni\u00f1os"},
      {"at the end of the page", "traf-\n", "traf-"}};
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(clean_print(c.raw) == c.clean);
  }
}

TEST_CASE("Words of other pages decide hyphens too") {
  std::vector<std::string> pages{"trauma-\ninformed", "A trauma-informed way"};
  clean_pages(pages, LineEnds::lines);
  CHECK(pages[0] == "trauma-informed");
}
