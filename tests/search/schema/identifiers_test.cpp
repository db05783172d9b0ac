#include "search/schema/identifiers.h"

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "search/schema/utf8.h"
#include "tests/catch.h"

namespace carrel::schema {
namespace {

/// The keys found in a text: those of one place divided by blanks, places by " | ".
std::string keys(std::string_view text) {
  std::string out;
  for (const Identifier& one : find_identifiers(text)) {
    if (!out.empty()) out += " | ";
    for (std::size_t i = 0; i < one.keys.size(); ++i) out += (i > 0 ? " " : "") + one.keys[i];
  }
  return out;
}

struct Row {
  std::string_view text;
  std::string_view keys;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(keys(row.text) == row.keys);
  }
}

TEST_CASE("A section of the code is one thing in every spelling, and has the keys of all it lies in") {
  const std::string_view deep = "usc:22:7102:11:a usc:22:7102:11 usc:22:7102";
  for (const std::string_view text :
       {"22 U.S.C. § 7102(11)(A)", "22 USC 7102(11)(a)", "22 U. S. C. 7102 (11) (A)",
        "22 U.S.C. §7102(11)(A).", "22 U.S. Code § 7102(11)(A)",
        "title 22, United States Code, section 7102(11)(A)", "section 7102(11)(A) of title 22",
        "22\u00a0U.S.C.\u00a0§\u00a07102(11)(A)", "22 U.S.C. Sec. 7102(11)(A)"}) {
    CAPTURE(text);
    CHECK(keys(text).find(deep) != std::string::npos);
  }
  check({
      {"22 USC 7102", "usc:22:7102"},
      {"42 U.S.C. 2000e-5", "usc:42:2000e-5"},
      {"18 U.S.C. §§ 1589, 1590, and 1591(a), 22 U.S.C. 7105",
       "usc:18:1589 | usc:18:1590 | usc:18:1591:a usc:18:1591 | usc:22:7105"},
      {"18 U.S.C. 1581–1583", "usc:18:1581 | usc:18:1582 | usc:18:1583"},
      {"8 C.F.R. § 214.11(a)", "cfr:8:214.11:a cfr:8:214.11 cfr:8:214"},
      {"8 CFR 214.11", "cfr:8:214.11 cfr:8:214"},
      {"28 CFR Part 94", "cfr:28:94"},
      {"INA § 101(a)(15)(T)", "ina:101:a:15:t ina:101:a:15 ina:101:a ina:101"},
      {"section 101(a)(15)(U) of the Immigration and Nationality Act",
       "ina:101:a:15:u ina:101:a:15 ina:101:a ina:101"},
      {"U.S.C. without a title", ""},
      {"22 students read 7102 pages", ""},
  });
}

TEST_CASE("Laws, bills, orders and titles are found in every spelling") {
  check({
      {"P.L. 106-386", "pl:106-386"},
      {"Public Law 106-386", "pl:106-386"},
      {"Pub. L. No. 106–386", "pl:106-386"},
      {"PL 106-386", "pl:106-386"},
      {"Public Law No. 106-386", "pl:106-386"},
      {"pages 106-386", ""},
      {"H.R. 2620", "bill:hr2620"},
      {"HR 2620", "bill:hr2620"},
      {"hr 2620", "bill:hr2620"},
      {"H. R. 2620", "bill:hr2620"},
      {"S. 920", "bill:s920"},
      {"S.J.Res. 5", "bill:sjres5"},
      {"24 hr 7", ""},
      {"E.O. 13627", "eo:13627"},
      {"Executive Order No. 13,627", "eo:13627"},
      {"in order 13627", ""},
      {"Title IX", "title:9"},
      {"title 9", "title:9"},
      {"Title VII", "title:7"},
      {"the ix", ""},
  });
}

TEST_CASE("Visa classes are found with and without their number, and a lone letter is none") {
  check({
      {"T visa", "visa:t"},
      {"t-visa", "visa:t"},
      {"T visas", "visa:t"},
      {"T nonimmigrant status", "visa:t"},
      {"T non-immigrant status", "visa:t"},
      {"T-1", "visa:t1 visa:t"},
      {"T1 visa", "visa:t1 visa:t"},
      {"T-1 nonimmigrant", "visa:t1 visa:t"},
      {"H-2A", "visa:h2a visa:h2 visa:h"},
      {"H2A", "visa:h2a visa:h2 visa:h"},
      {"H-1B workers", "visa:h1b visa:h1 visa:h"},
      {"J-1, A-3 and G-5", "visa:j1 visa:j | visa:a3 visa:a | visa:g5 visa:g"},
      {"T and U visas", "visa:t | visa:u"},
      {"T/U visa", "visa:t | visa:u"},
      {"visas T y U", "visa:t | visa:u"},
      {"la visa U", "visa:u"},
      {"thị thực T", "visa:t"},
      {"T签证", "visa:t"},
      {"T簽證", "visa:t"},
      {"a visa", ""},
      {"A visa was denied", ""},
      {"una visa y un pasaporte", ""},
      {"the letter t alone", ""},
      {"T1 weighted", ""},
      {"T-7", ""},
      {"F-16", ""},
      {"a U.S. visa", ""},
      {"model T. Visas", ""},
  });
}

TEST_CASE("Forms are found with their supplements") {
  check({
      {"I-914", "form:i914"},
      {"I 914", "form:i914"},
      {"I914", "form:i914"},
      {"Form I-914", "form:i914"},
      {"form i 914", "form:i914"},
      {"Form I-914, Supplement B", "form:i914:b form:i914"},
      {"I-914B", "form:i914:b form:i914"},
      {"Supplement B of Form I-914", "form:i914:b form:i914"},
      {"G-28", "form:g28"},
      {"formulario I-918", "form:i918"},
      {"I 20 years", ""},
      {"G 28", ""},
  });
}

TEST_CASE("Numbers of publications, telephones and grants are one in any spelling") {
  for (const std::string_view text :
       {"NCJ 254679", "NCJ254679", "ncj-254679", "NCJ No. 254679", "NCJ Number: 254679"}) {
    CAPTURE(text);
    CHECK(keys(text) == "ncj:254679");
  }
  for (const std::string_view text :
       {"1-888-373-7888", "(888) 373-7888", "888.373.7888", "+1 888 373 7888", "8883737888", "1-888-3737-888",
        "1 (888) 373–7888", "1-888-37-37-888"}) {
    CAPTURE(text);
    CHECK(keys(text) == "tel:8883737888");
  }
  check({
      {"1-800-799-SAFE (7233)", "tel:8007997233"},
      {"call 911 or 9-1-1", "tel:911 | tel:911"},
      {"$911", ""},
      {"+52 55 1234 5678", "tel:+525512345678"},
      {"Text HELP to 233733 (BeFree)", "sms:233733 | sms:233733"},
      {"a stock of 233733 pieces", ""},
      {"the word afP2Y has a digit", ""},
      {"2019-VT-BX-K003", "no:2019vtbxk003"},
      {"2019–VT–BX–K003", "no:2019vtbxk003"},
      {"15POVC-21-GG-00875-HT", "no:15povc21gg00875ht"},
      {"2020-04-28", ""},
      {"24-hour-a-day", ""},
      {"https://doi.org/10.1186/s13643-020-01542-z.", "doi:10.1186/s13643-020-01542-z"},
      {"(doi: 10.1000/ABC(1)2)", "doi:10.1000/abc(1)2"},
      {"ISBN 978-0-13-468599-1", "isbn:9780134685991"},
      {"ISBN-10: 0-306-40615-2", "isbn:9780306406157"},
      {"9780306406157", "isbn:9780306406157"},
      {"9780306406158", ""},
      {"24/7", "no:24/7"},
      {"24/7/2020", ""},
      {"LGBTQ+, LGBTQIA+, lgbtq, 2SLGBTQ", "lgbtq | lgbtq | lgbtq | lgbtq"},
      {"AT&T", "name:at&t"},
      {"C++ and C#", "name:c++ | name:c#"},
      {"1+1", ""},
  });
}

TEST_CASE("Words that say nothing alone are told from those that do") {
  CHECK(find_identifiers("T visa").at(0).words_mislead);
  CHECK(find_identifiers("AT&T").at(0).words_mislead);
  CHECK_FALSE(find_identifiers("22 U.S.C. 7102").at(0).words_mislead);
  CHECK_FALSE(find_identifiers("NCJ 254679").at(0).words_mislead);
}

TEST_CASE("An identifier covers its whole spelling and is counted by its first word") {
  const std::string text = "Under the law, 22 U.S.C. § 7102(11)(A), a form";
  const auto found = find_identifiers(text);
  REQUIRE(found.size() == 1);
  CHECK(text.substr(found[0].begin, found[0].end - found[0].begin) == "22 U.S.C. § 7102(11)(A)");
  CHECK(found[0].first == 3);
}

TEST_CASE("Words joined by a hyphen are one word too") {
  const auto joined = [](std::string_view text) {
    std::string out;
    for_each_term(text, {.joined = [&](const JoinedWord& word) {
                    out += (out.empty() ? "" : "|") + word.folded + "@" + std::to_string(word.first);
                  }});
    return out;
  };
  CHECK(joined("the anti-trafficking law") == "antitrafficking@1");
  CHECK(joined("e\u2011mail and health-care") == "email@0|healthcare@3");
  CHECK(joined("می\u200cخواهم") == "ميخواهم@0");
  CHECK(joined("state-of-the-art") == "");
  CHECK(joined("H-2A 2015-2020 a - b x--y") == "");
  CHECK(joined("Élève-Maître") == "elevemaitre@0");
}

TEST_CASE("Keys are told to people") {
  CHECK(spoken("usc:22:7102:11:a") == "22 U.S.C. 7102(11)(a)");
  CHECK(spoken("cfr:8:214.11") == "8 C.F.R. 214.11");
  CHECK(spoken("visa:h2a") == "H-2A visa");
  CHECK(spoken("visa:t") == "T visa");
  CHECK(spoken("form:i914:b") == "Form I-914, Supplement B");
  CHECK(spoken("pl:106-386") == "P.L. 106-386");
  CHECK(spoken("lgbtq") == "LGBTQ");
}

TEST_CASE("Whatever the bytes, identifiers lie inside the text, begin with a token and are quickly found") {
  static constexpr std::string_view kPieces[] = {
      "22 ",   "U.S.C.",     " § ",      "7102",  "(11)",   "(A)",   "T",        "-",     "1",
      " visa", "I",          "914",      "Form ", "P.L. ",  "106",   "\u2013",   "386",   "NCJ ",
      "(",     ")",          " and ",    ", ",    "888",    "+",     "10.1186/", "H.R. ", "Title ",
      "IX",    "&",          "签",       "\xff",  "\u00a0", "ISBN ", "978",      "lgbtq", "\u200c",
      "x",     " of title ", "section ", "+1 ",   "SAFE",   "/7",    "24"};
  std::mt19937 random(20200428);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (int i = static_cast<int>(random() % 40); i > 0; --i) text += kPieces[random() % std::size(kPieces)];
    CAPTURE(text);
    const auto tokens = tokenize(text);
    for (const Identifier& one : find_identifiers(text)) {
      REQUIRE(one.end <= text.size());
      REQUIRE(one.first < tokens.size());
      REQUIRE(one.begin == tokens[one.first].begin);
      REQUIRE(one.end >= tokens[one.first].end);
      REQUIRE_FALSE(one.keys.empty());
      for (const std::string& key : one.keys) REQUIRE(is_valid_utf8(key));
    }
  }
  // Lists and ranges that would go on for ever end.
  std::string list = "18 U.S.C. 1000";
  for (int i = 0; i < 100'000; ++i) list += ", 1000";
  CHECK(find_identifiers(list).size() < 100);
  CHECK(find_identifiers("18 U.S.C. 1-999999").size() < 100);
  std::string dashes = "1";
  for (int i = 0; i < 200'000; ++i) dashes += "-a1";
  CHECK(find_identifiers(dashes).size() < 100'000);
}

TEST_CASE("Words and joined words are the same whether or not identifiers are looked for") {
  const std::string text = "anti-trafficking under 22 U.S.C. 7102(11)(A), Form I-914, T visa, re-entry, LGBTQ+";
  const auto words_of = [&](bool with_identifiers) {
    std::vector<std::string> words;
    std::size_t identifiers = 0;
    TokenTakers take{.token = [&](const Token& token) { words.emplace_back(token.folded); },
                     .joined = [&](const JoinedWord& joined) { words.push_back("joined " + joined.folded); }};
    if (with_identifiers) take.identifier = [&](const Identifier&) { ++identifiers; };
    for_each_term(text, take);
    CHECK((identifiers > 0) == with_identifiers);
    return words;
  };
  CHECK(words_of(false) == words_of(true));
  CHECK(std::ranges::count(words_of(false), "joined antitrafficking") == 1);
}

}  // namespace
}  // namespace carrel::schema
