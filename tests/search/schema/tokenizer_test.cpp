#include "search/schema/tokenizer.h"

#include <random>
#include <string>
#include <vector>

#include "search/schema/text.h"
#include "search/schema/utf8.h"
#include "tests/catch.h"

namespace carrel::schema {
namespace {

std::string joined(const std::vector<OwnedToken>& tokens, std::string OwnedToken::*form) {
  std::string out;
  for (const OwnedToken& token : tokens) out += (out.empty() ? "" : "|") + token.*form;
  return out;
}

std::string words(std::string_view text) {
  return joined(tokenize(text), &OwnedToken::folded);
}

struct Row {
  std::string_view text;
  std::string_view words;  ///< folded, with '|' between them
};

TEST_CASE("A filter passes over plain words that nobody looks for, and counts them") {
  WordFilter filter;
  filter.want("labor");
  std::vector<std::string> given;
  for_each_token(
      "Some labor is lobar, and self-made Labor pays víctimas.",
      [&](const Token& token) { given.push_back(std::string(token.folded) + std::to_string(token.ordinal)); },
      &filter);
  // "lobar" looks like it; "self" and "made" are joined by a hyphen, and "víctimas" is not plain.
  CHECK(given == std::vector<std::string>{"labor1", "lobar3", "self5", "made6", "labor7", "victimas9"});
}

TEST_CASE("Words are cut where a reader would cut them") {
  const std::vector<Row> rows = {
      {"", ""},
      {"   \t\n", ""},
      {"... --- !? (§) “”", ""},
      {"Human Trafficking", "human|trafficking"},
      {"a", "a"},
      {"end.", "end"},
      {"end,", "end"},
      {"one.Two", "one|two"},
      {"one,two", "one|two"},
      // Apostrophes: English endings stay, everything else is parted.
      {"the victim's rights", "the|victim's|rights"},
      {"the victim’s rights", "the|victim's|rights"},
      {"the victimʼs rights", "the|victim's|rights"},
      {"the victim＇s rights", "the|victim's|rights"},
      {"THE VICTIM'S", "the|victim's"},
      {"victims' rights", "victims|rights"},
      {"they'll don't we've I'd I'm you're", "they'll|don't|we've|i'd|i'm|you're"},
      {"l'enfant d’origine", "l|enfant|d|origine"},
      {"O'Brien", "o|brien"},
      {"it's5", "it|s5"},
      {"rock'n'roll", "rock|n|roll"},
      {"'quoted'", "quoted"},
      {"the 1990's", "the|1990|s"},
      {"ends'", "ends"},
      // Initials.
      {"22 U.S.C. 7102", "22|usc|7102"},
      {"the U.S. The act", "the|us|the|act"},
      {"U.S", "us"},
      {"e.g. this", "eg|this"},
      {"J.Smith", "j|smith"},
      {"Ph.D.", "ph|d"},
      {"plan A. Then", "plan|a|then"},
      {"É.U.", "eu"},
      {"A.1 and b.2", "a|1|and|b|2"},
      // Numbers.
      {"9,854 people", "9854|people"},
      {"12,345,678", "12345678"},
      {"2.5 days", "2.5|days"},
      {"in 2019,2020 and 2021", "in|2019|2020|and|2021"},
      {"1,2,3", "1|2|3"},
      {"1,2345", "1|2345"},
      {"100,101,102", "100|101|102"},
      {"pages 114,118,120", "pages|114|118|120"},
      {"2019,202", "2019|202"},
      {"150,000", "150000"},
      {"345,678,901", "345678901"},
      {"2015–2020", "2015|2020"},
      {"1st 2nd 21st", "1st|2nd|21st"},
      {"#EndSlavery @help_line", "endslavery|help|line"},
      {"1,234.50", "1234.50"},
      {"3.", "3"},
      {"7102(11)(A)", "7102|11|a"},
      {"1-888-373-7888", "1|888|373|7888"},
      {"H-2A T-1", "h|2a|t|1"},
      {"2020/04", "2020|04"},
      // Footnote marks are no part of a word.
      {"abuse²", "abuse"},
      {"abuse² and force³", "abuse|and|force"},
      {"exploitation①", "exploitation"},
      // Signs part words.
      {"trauma-informed", "trauma|informed"},
      {"AT&T", "at|t"},
      {"LGBTQ+", "lgbtq"},
      {"snake_case", "snake|case"},
      {"trafficking/smuggling", "trafficking|smuggling"},
      {"help@example.org", "help|example|org"},
      {"https://ovc.ojp.gov/x", "https|ovc|ojp|gov|x"},
      {"a—b–c", "a|b|c"},
      {"non\u00a0breaking", "non|breaking"},
      // What is invisible inside a word does not part it.
      {"traf\u00adficking", "trafficking"},
      {"traf\u00ad ficking", "traf|ficking"},
      {"traf\u2060ficking", "trafficking"},
      {"traf\u200bficking", "traf|ficking"},
      // Ligatures, widths, case.
      {"ﬁnancial", "financial"},
      {"ＴＶＰＡ", "tvpa"},
      {"Straße", "strasse"},
      {"NIÑOS desaparecidos", "ninos|desaparecidos"},
      {"Nin\u0303os", "ninos"},
      {"buôn bán người", "buon|ban|nguoi"},
      // Scripts written without spaces: each character by itself.
      {"人口贩卖", "人|口|贩|卖"},
      {"人口贩卖。帮助", "人|口|贩|卖|帮|助"},
      {"T签证2020年", "t|签|证|2020|年"},
      {"covid病毒", "covid|病|毒"},
      {"二〇二〇", "二|〇|二|〇"},
      {"ひとカタ", "ひ|と|カ|タ"},
      {"ｶﾞ", "ガ"},
      {"𠮷", "𠮷"},
      // Thai: vowel signs above stay with their letter.
      {"ที่นี่", "ที่|นี่"},
      // Hangul, Devanagari, Arabic, Hebrew are written with spaces.
      {"인신매매 피해자", "인신매매|피해자"},
      {"मानव तस्करी", "मानव|तस्करी"},
      {"الاتجار بالبشر", "الاتجار|بالبشر"},
      {"كِتَابٌ", "كتاب"},
      {"שָׁלוֹם", "שלום"},
      {"торговля людьми", "торговля|людьми"},
      {"п'ять кав’ярня", "пять|кавярня"},
      {"їжа ёлка", "іжа|елка"},
      // One spelling for the letters of Arabic script, for Chinese of both kinds, and for digits.
      {"أحمد إلى آخر مدرسة على", "احمد|الي|اخر|مدرسه|علي"},
      {"کتاب علی", "كتاب|علي"},
      {"٢٠٢٠ ۲۰۲۰ २०२०", "2020|2020|2020"},
      {"人口販賣", "人|口|贩|卖"},
      {"國際組織", "国|际|组|织"},
      // Letters that leave nothing behind.
      {"\u3164", ""},
      {"a \u0640 b", "a|b"},
      {"\u0301 x", "x"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(words(row.text) == row.words);
  }
}

TEST_CASE("The exact form keeps the accents that the folded form drops") {
  const auto tokens = tokenize("Los niños de Đà Nẵng, café");
  CHECK(joined(tokens, &OwnedToken::exact) == "los|niños|de|đà|nẵng|café");
  CHECK(joined(tokens, &OwnedToken::folded) == "los|ninos|de|da|nang|cafe");
}

TEST_CASE("Offsets are bytes of the text as given") {
  struct Span {
    std::string_view text;
    std::size_t token;
    std::string_view expected;  ///< what the bytes from begin to end spell
  };
  const std::vector<Span> rows = {
      {"¿Qué niños?", 0, "Qué"},
      {"¿Qué niños?", 1, "niños"},
      {"(U.S.C.) x", 0, "U.S.C"},
      {"the victim’s x", 1, "victim’s"},
      {"  9,854.", 0, "9,854"},
      {"人口", 1, "口"},
      {"traf\u00adficking x", 0, "traf\u00adficking"},
      {"abuse² x", 0, "abuse"},
      {"x ﬁne", 1, "ﬁne"},
      {"ที่นี่", 0, "ที่"},
      {"ends\u00ad x", 0, "ends"},
  };
  for (const Span& row : rows) {
    CAPTURE(row.text, row.token);
    const auto tokens = tokenize(row.text);
    REQUIRE(tokens.size() > row.token);
    const OwnedToken& token = tokens[row.token];
    CHECK(row.text.substr(token.begin, token.end - token.begin) == row.expected);
  }
}

TEST_CASE("Only characters of scripts without spaces are ideographs") {
  const auto tokens = tokenize("T签 ひ ไ word 한");
  std::string flags;
  for (const OwnedToken& token : tokens) flags += token.ideograph ? 'I' : 'w';
  CHECK(flags == "wIIIww");
}

TEST_CASE("Bytes that are no UTF-8 part words and lose nothing beside them") {
  CHECK(words("good\xff"
              "bad") == "good|bad");
  CHECK(words("\xc3") == "");
  CHECK(words("caf\xc3") == "caf");
  CHECK(words("\xed\xa0\x80 x") == "x");
  CHECK(words("x \xf5\x80\x80\x80 y") == "x|y");
  CHECK(words(std::string_view("a\0b", 3)) == "a|b");
}

TEST_CASE("A very long word is cut at a code point") {
  const auto ascii = tokenize(std::string(100'000, 'Q'));
  REQUIRE(ascii.size() == 1);
  CHECK(ascii[0].folded == std::string(kMaxWordBytes, 'q'));
  CHECK(ascii[0].end == 100'000);

  std::string greek = "x";
  for (int i = 0; i < 1000; ++i) greek += "λ";
  const auto cut = tokenize(greek);
  REQUIRE(cut.size() == 1);
  CHECK(cut[0].folded.size() == kMaxWordBytes - 1);  // an even number of bytes behind the x would not fit
  CHECK(is_valid_utf8(cut[0].folded));
  CHECK(cut[0].exact == cut[0].folded);

  const auto exactly = tokenize(std::string(kMaxWordBytes, 'a') + " b");
  REQUIRE(exactly.size() == 2);
  CHECK(exactly[0].folded.size() == kMaxWordBytes);
}

TEST_CASE("Whatever the bytes, tokens are in order, inside the text and bounded") {
  static constexpr std::string_view kPieces[] = {
      "a",  "Z", "9",      ".", ",", "'",      "’",    " ",  "\xff",  "\xc3",   "é",  "\u0301",
      "人", "ที่", "\u00ad", "²", "ß", "\u0640", "U.S.", "'s", "1,000", "\u3164", "𠮷", "\xed\xa0\x80"};
  std::mt19937 random(20200428);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = static_cast<int>(random() % 40); i > 0; --i) text += kPieces[random() % std::size(kPieces)];
    CAPTURE(text);
    std::size_t behind = 0;
    for (const OwnedToken& token : tokenize(text)) {
      REQUIRE(token.begin >= behind);
      REQUIRE(token.end > token.begin);
      REQUIRE(token.end <= text.size());
      REQUIRE_FALSE(token.folded.empty());
      REQUIRE_FALSE(token.exact.empty());
      REQUIRE(token.folded.size() <= kMaxWordBytes);
      REQUIRE(token.exact.size() <= kMaxWordBytes);
      REQUIRE(is_valid_utf8(token.folded));
      REQUIRE_FALSE((token.folded.front() >= 'A' && token.folded.front() <= 'Z'));
      behind = token.end;
    }
  }
}

TEST_CASE("A term given as text is cut into itself") {
  // A query for a word of the index must ask for that word.
  for (const std::string_view text :
       {"U.S.C.", "victim’s", "9,854", "2.5", "Straße", "niños", "人", "ที่", "كِتَابٌ"}) {
    CAPTURE(text);
    for (const OwnedToken& token : tokenize(text)) CHECK(words(token.folded) == token.folded);
  }
}

}  // namespace
}  // namespace carrel::schema
