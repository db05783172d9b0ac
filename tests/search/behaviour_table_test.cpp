// What people type that Xapian's own parser takes otherwise than they mean it (tests/xapian_quirks has what
// it does), and what they get here: one line a test, on a small library.
#include <set>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/search/library.h"

using namespace carrel::search;
using namespace carrel::tests;
using carrel::schema::FieldId;

namespace {

using Set = std::set<std::string>;

const Library& library() {
  static const Library made(Entries{
      {.id = "shelter",
       .title = "Emergency housing",
       .pages = {"Three shelters took the victim in.", "The victim’s family and other victims’ families."},
       .fields = {{FieldId::date, "2016-05-01"}}},
      {.id = "labor",
       .title = "Forced labor",
       .pages = {"Labor trafficking and debt bondage; trafficking/smuggling are not one thing.",
                 "A felony under 18 U.S.C. § 1591 and 22 U.S.C. § 7102(11)(A). Write to help@example.org."},
       .fields = {{FieldId::date, "2019"}}},
      {.id = "sex",
       .title = "Commercial sex",
       .pages = {"Sex trafficking of minors.", "To be or not to be is the question."},
       .fields = {{FieldId::date, "2020-04-28"}}},
      {.id = "visa",
       .title = "Visas",
       .pages = {"A T visa lasts four years; the U visa and H-2A workers are another matter.",
                 "File Form I-914, Supplement B. Call 1-888-373-7888 at any hour, near or far."}},
      {.id = "letters",
       .title = "Letters",
       .pages = {"The letter t, a visa for tourists, at one or another t. LGBTQ+ youth write C++ at AT&T."}},
      {.id = "chinese",
       .title = "人口贩卖",
       .pages = {"帮助人口贩卖受害者。abc 的意思和 def 的意思。"},
       .language = "zh"},
  });
  return made;
}

Answer answer(std::string_view query) {
  Searcher searcher = library().open();
  return ask(searcher, query);
}

Set found(std::string_view query) {
  const auto list = ids(answer(query));
  return {list.begin(), list.end()};
}

std::vector<std::string> said(std::string_view query) {
  return codes(answer(query).query.notices);
}

const Set kAll = {"shelter", "labor", "sex", "visa", "letters", "chinese"};
const std::vector<std::string> kNothing;

}  // namespace

TEST_CASE("Shelters for victims: a capital does not keep a word from its family") {
  CHECK(found("Shelters for victims") == Set{"shelter"});
  CHECK(found("Shelter") == Set{"shelter"});
  CHECK(found("Human TRAFFICKED OR Labor") == found("human trafficked OR labor"));
}

TEST_CASE("sex OR labor trafficking: OR joins its neighbours, the rest goes with both") {
  CHECK(answer("sex OR labor trafficking").query.parsed == "(sex or labor) and trafficking");
  CHECK(found("sex OR labor trafficking") == Set{"labor", "sex"});
  CHECK(found("sex OR bondage smuggling") == Set{"labor"});
}

TEST_CASE("A phrase is found as written") {
  CHECK(found("\"debt bondage\"") == Set{"labor"});
  CHECK(found("\"bondage debt\"").empty());
}

TEST_CASE("Possessives with any apostrophe are forms of the word") {
  for (const char* query : {"victim's", "victims'", "victim’s", "victims’", "victimʼs"}) {
    CAPTURE(query);
    CHECK(found(query) == Set{"shelter"});
  }
}

TEST_CASE("18 U.S.C. § 1591 is one thing") {
  for (const char* query :
       {"18 U.S.C. § 1591", "18 USC 1591", "section 1591 of title 18", "18 u.s.c. 1591"}) {
    CAPTURE(query);
    CHECK(found(query) == Set{"labor"});
  }
  CHECK(found("22 USC 7102") == Set{"labor"});
  CHECK(found("22 USC 7102(11)") == Set{"labor"});
  // Nothing there has paragraph 12: the section is searched, and it is said.
  const Answer shallower = answer("22 USC 7102(12)");
  CHECK(ids(shallower) == std::vector<std::string>{"labor"});
  REQUIRE(shallower.query.expansions.size() == 1);
  CHECK(shallower.query.expansions[0].to == std::vector<std::string>{"22 U.S.C. 7102"});
}

TEST_CASE("T visa, T-visa, H-2A are classes of visas, not letters") {
  for (const char* query : {"T visa", "T-visa", "t visa", "T visas", "T nonimmigrant status", "visa T"}) {
    CAPTURE(query);
    CHECK(found(query) == Set{"visa"});
  }
  for (const char* query : {"H-2A", "H2A", "h-2a", "H2A workers"}) {
    CAPTURE(query);
    CHECK(found(query) == Set{"visa"});
  }
  CHECK(found("I 914") == Set{"visa"});
  CHECK(found("(888) 373-7888") == Set{"visa"});
  CHECK(found("K visa").empty());  // there is none, and no k is looked for
  CHECK(found("T-1") == Set{"visa"});  // the class, since its number is nowhere
  const Passage passage = answer("T visa").hits.at(0).passages.at(0);
  CHECK(marked(passage, 0) == "T visa");
}

TEST_CASE("LGBTQ+, C++ and AT&T are kept whole, and lgbtq finds LGBTQ+") {
  CHECK(found("LGBTQ+") == Set{"letters"});
  CHECK(found("lgbtq") == Set{"letters"});
  CHECK(found("LGBTQIA+") == Set{"letters"});
  CHECK(found("C++") == Set{"letters"});
  CHECK(found("AT&T") == Set{"letters"});
}

TEST_CASE("Slashes, addresses and e-mail stand side by side") {
  CHECK(found("trafficking/smuggling") == Set{"labor"});
  CHECK(found("help@example.org") == Set{"labor"});
  CHECK(found("https://example.org").size() <= kAll.size());
}

TEST_CASE("An asterisk alone is everything, NEAR alone is a word") {
  CHECK(found("*") == kAll);
  CHECK(found("NEAR") == Set{"visa"});
}

TEST_CASE("Operators without operands are words, or mean what is left of them") {
  CHECK(said("AND OR") == std::vector<std::string>{"taken-as-words", "taken-as-words"});
  CHECK(found("NOT labor") == Set{"shelter", "sex", "visa", "letters", "chinese"});
  CHECK(found("debt AND (bondage OR") == Set{"labor"});
  CHECK(said("debt AND (bondage OR").front() == "taken-as-words");
}

TEST_CASE("Brackets and quotation marks without a partner are borne") {
  CHECK(found("(bondage") == Set{"labor"});
  CHECK(said("(bondage") == std::vector<std::string>{"taken-as-words"});
  CHECK(found("bondage)") == Set{"labor"});
  CHECK(found("\"debt bondage") == Set{"labor"});
}

TEST_CASE("Ranges of years and dates are partial and looked up in the calendar") {
  CHECK(found("2015..2019") == Set{"labor", "shelter"});
  CHECK(found("date:2019..2020") == Set{"labor", "sex"});
  CHECK(found("date:2020-04") == Set{"sex"});
  CHECK(found("date:..2016-06") == Set{"shelter"});
  CHECK(said("date:2020-13-45..") == std::vector<std::string>{"taken-as-words"});
}

TEST_CASE("Chinese is found by its words, also among Latin ones") {
  CHECK(found("人口贩卖") == Set{"chinese"});
  CHECK(found("人口販賣") == Set{"chinese"});
  CHECK(found("贩卖人口") == Set{"chinese"});
  CHECK(found("abc 人口贩卖 def") == Set{"chinese"});
  CHECK(said("abc 人口贩卖 def") == kNothing);
}

TEST_CASE("Small or, and, not are words like others") {
  CHECK(answer("labor or sex").query.parsed == "labor and sex");
  CHECK(found("to be or not to be").contains("sex"));
  CHECK(said("to be or not to be") == std::vector<std::string>{"question"});
}

TEST_CASE("The last word is a whole word unless an asterisk says otherwise") {
  CHECK(found("bond").empty());
  CHECK(found("bond*") == Set{"labor"});
}
